import Core
import Foundation
import Testing

@testable import Store

@Suite("When a digest is due")
struct DeliveryScheduleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let zone: String
        let minute: Int
        var cadence = Cadence.daily
        var weekday = 1
        let after: String
        let next: String
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "later the same day", zone: "UTC", minute: 420, after: "2026-11-23T06:59:59Z",
            next: "2026-11-23T07:00:00Z"),
        Case(
            name: "not the very moment again", zone: "UTC", minute: 420, after: "2026-11-23T07:00:00Z",
            next: "2026-11-24T07:00:00Z"),
        Case(
            name: "in the reader's zone", zone: "Asia/Tokyo", minute: 420, after: "2026-11-23T00:00:00Z",
            next: "2026-11-23T22:00:00Z"),
        Case(
            name: "a zone off by quarter hours", zone: "Asia/Kathmandu", minute: 0, after: "2026-11-23T00:00:00Z",
            next: "2026-11-23T18:15:00Z"),
        Case(
            name: "weekdays skip the weekend", zone: "UTC", minute: 420, cadence: .weekdays,
            after: "2026-11-20T08:00:00Z", next: "2026-11-23T07:00:00Z"),
        Case(
            name: "weekly on Wednesday", zone: "UTC", minute: 420, cadence: .weekly, weekday: 3,
            after: "2026-11-23T08:00:00Z", next: "2026-11-25T07:00:00Z"),
        Case(
            name: "weekly, a week later", zone: "UTC", minute: 420, cadence: .weekly, weekday: 1,
            after: "2026-11-23T08:00:00Z", next: "2026-11-30T07:00:00Z"),
        Case(
            name: "weekly on Sunday", zone: "UTC", minute: 420, cadence: .weekly, weekday: 7,
            after: "2026-11-23T08:00:00Z", next: "2026-11-29T07:00:00Z"),
        Case(
            name: "across the year's end", zone: "UTC", minute: 420, after: "2026-12-31T08:00:00Z",
            next: "2027-01-01T07:00:00Z"),
        Case(
            name: "the clock goes forward over it: just after the gap", zone: "Europe/Zurich", minute: 150,
            after: "2026-03-28T12:00:00Z", next: "2026-03-29T01:30:00Z"),
        Case(
            name: "the clock goes back: the first of two", zone: "Europe/Zurich", minute: 150,
            after: "2026-10-24T12:00:00Z", next: "2026-10-25T00:30:00Z"),
        Case(
            name: "a gap that skips the end of the day: the last minute before it", zone: "America/Nuuk", minute: 1410,
            after: "2026-03-28T12:00:00Z", next: "2026-03-29T00:59:00Z"),
        Case(
            name: "and the next day as usual", zone: "America/Nuuk", minute: 1410, after: "2026-03-29T00:59:00Z",
            next: "2026-03-30T00:30:00Z"),
        Case(
            name: "a weekly day that the zone left out: the week after", zone: "Pacific/Apia", minute: 420,
            cadence: .weekly, weekday: 5, after: "2011-12-25T00:00:00Z", next: "2012-01-05T17:00:00Z"),
        Case(
            name: "and not the second of two", zone: "Europe/Zurich", minute: 150, after: "2026-10-25T00:30:00Z",
            next: "2026-10-26T01:30:00Z"),
    ]

    @Test("next, and the last up to then", arguments: cases)
    func next(example: Case) throws {
        let schedule = DeliverySchedule(
            timeZone: CivilZone(stored: example.zone), minute: example.minute,
            cadence: example.cadence, weekday: example.weekday)
        let style = Date.ISO8601FormatStyle()
        let (after, next) = (try style.parse(example.after), try style.parse(example.next))
        #expect(schedule.next(after: after) == next)
        #expect(schedule.latest(upTo: next) == next)
        let before = try #require(schedule.latest(upTo: next.addingTimeInterval(-0.001)))
        #expect(before <= after && schedule.next(after: before) == next)
    }

    @Test(
        "every day of a year has exactly one digest in every zone",
        arguments: [
            "Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "America/Nuuk",
            "America/Santiago",
            "Africa/Cairo", "America/Havana",
        ])
    func oneADay(zone: String) throws {
        for minute in [0, 90, 150, 1439] {
            let schedule = DeliverySchedule(timeZone: CivilZone(stored: zone), minute: minute)
            var moment = try Date.ISO8601FormatStyle().parse("2026-01-01T12:00:00Z")
            var slots: [String] = []
            for _ in 0..<365 {
                moment = schedule.next(after: moment)
                slots.append(schedule.slot(of: moment))
            }
            #expect(Set(slots).count == 365)
            #expect(slots == slots.sorted())
        }
    }

    @Test(
        "a day is none where its numbers are none of a calendar, however long they are",
        arguments: [
            "9223372036854775807-01-01", "2026-9223372036854775807-01", "2026-01-9223372036854775807",
            "-9223372036854775808-01-01", "99999999999999999999-1-1", "0-0-0", "2026-02-30", "999999999-01-01",
        ])
    func noDay(text: String) {
        #expect(DeliverySchedule(timeZone: .utc, minute: 0).start(ofDay: text) == nil)
    }

    @Test("times too far away to be counted are stored as the last there are")
    func farAway() {
        for seconds in [Double.infinity, 1e300, Double(Int64.max) / 1000, 9.3e15] {
            #expect(Date(timeIntervalSince1970: seconds).milliseconds > 9_000_000_000_000_000_000)
            #expect(Date(timeIntervalSince1970: -seconds).milliseconds < -9_000_000_000_000_000_000)
        }
        #expect(Date(timeIntervalSince1970: 1.0006).milliseconds == 1001)
    }

    @Test(
        "the time since the digest before is that of its cadence, over the weekend where none comes then",
        arguments: [
            (Cadence.daily, 0.0, 1.5), (.weekdays, 0, 3.5), (.weekdays, 1, 1.5), (.weekly, 0, 7.5), (.weekly, 3, 7.5),
        ])
    func interval(cadence: Cadence, daysAfterMonday: Double, days: Double) {
        let monday = Date(timeIntervalSince1970: 1_795_420_800)
        let schedule = DeliverySchedule(timeZone: .utc, minute: 420, cadence: cadence)
        #expect(schedule.interval(at: monday.addingTimeInterval(daysAfterMonday * 86_400)) == days * 86_400)
    }
}
