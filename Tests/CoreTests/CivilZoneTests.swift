import Foundation
import Testing

@testable import Core

@Suite("What clocks show", .enabled(if: TimeZoneDatabase.system.source != .program, "there is no tzdata"))
struct CivilZoneTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let zone: String
        let day: String
        let minute: Int
        let moment: String
        init(_ name: String, _ zone: String, _ day: String, _ minute: Int, _ moment: String) {
            (testDescription, self.zone, self.day, self.minute, self.moment) = (name, zone, day, minute, moment)
        }
    }

    static let cases = [
        Case("a usual morning", "Europe/Zurich", "2026-11-23", 420, "2026-11-23T06:00:00Z"),
        Case("a gap: as far behind it", "Europe/Zurich", "2026-03-29", 150, "2026-03-29T01:30:00Z"),
        Case("a fold: the first", "Europe/Zurich", "2026-10-25", 150, "2026-10-25T00:30:00Z"),
        Case("Dublin's winter", "Europe/Dublin", "2026-01-15", 420, "2026-01-15T07:00:00Z"),
        Case("half an hour of gap", "Australia/Lord_Howe", "2026-10-04", 135, "2026-10-03T15:45:00Z"),
        Case("quarters of hours", "Asia/Kathmandu", "2026-11-23", 0, "2026-11-22T18:15:00Z"),
        Case("the other side of the date line", "Pacific/Kiritimati", "2026-11-23", 420, "2026-11-22T17:00:00Z"),
        Case("far in the future", "America/New_York", "2126-07-01", 420, "2126-07-01T11:00:00Z"),
        Case("before there were zones", "Europe/Paris", "1850-01-01", 0, "1849-12-31T23:50:39Z"),
    ]

    @Test("a time of a day is one moment", arguments: cases)
    func moment(example: Case) throws {
        let zone = CivilZone(stored: example.zone)
        let day = try #require(civil(example.day))
        #expect(zone.moment(day, second: example.minute * 60) == (try Date(example.moment)))
        #expect(zone.occasion(on: day, minute: example.minute) == (try Date(example.moment)))
    }

    @Test("a day begins at midnight, or where a change skips midnight at its end")
    func start() throws {
        // 2026-09-06 00:00 in Santiago is skipped, 2026-04-05 00:00 comes after 23:00 came twice.
        for (zone, text, start) in [
            ("Europe/Zurich", "2026-03-29", "2026-03-28T23:00:00Z"),
            ("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z"),
            ("America/Santiago", "2026-04-05", "2026-04-05T04:00:00Z"),
            ("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z"),
        ] {
            let zone = CivilZone(stored: zone)
            let day = try #require(civil(text))
            #expect(zone.start(of: day) == (try Date(start)), "\(zone) \(text)")
            #expect(zone.day(of: zone.start(of: day)) == day)
            #expect(zone.day(of: zone.start(of: day).addingTimeInterval(-1)).daysSince1970 == day.daysSince1970 - 1)
        }
    }

    @Test(
        "what comes once a day stays on its day where a change skips the end of it, and is left out with the whole day")
    func occasions() throws {
        // In Nuuk the clock goes from 23:00 to the next day's midnight.
        let nuuk = CivilZone(stored: "America/Nuuk")
        let saturday = try #require(civil("2026-03-28"))
        let moment = try #require(nuuk.occasion(on: saturday, minute: 1410))
        #expect(nuuk.day(of: moment) == saturday)
        #expect(moment == (try Date("2026-03-29T00:59:00Z")))
        // Samoa went from 29 to 31 December 2011.
        let apia = CivilZone(stored: "Pacific/Apia")
        #expect(apia.occasion(on: try #require(civil("2011-12-30")), minute: 420) == nil)
        #expect(apia.occasion(on: try #require(civil("2011-12-31")), minute: 420) == (try Date("2011-12-30T17:00:00Z")))
    }

    @Test("moments too far away to be counted have a day all the same")
    func farAway() {
        let zone = CivilZone(stored: "America/New_York")
        for seconds in [1e300, -1e300, .infinity, -.infinity, 9.2e15] {
            let moment = Date(timeIntervalSince1970: seconds)
            #expect(abs(zone.offset(at: moment)) <= 5 * 3600)
            #expect((zone.day(of: moment).year > 2026) == (seconds > 0))
        }
    }

    @Test("UTC is UTC, by whatever of its names")
    func utc() throws {
        for name in ["UTC", "GMT", "utc", "Zulu", "Z", "UCT", "GMT0"] {
            #expect(CivilZone(stored: name) == .utc)
            #expect(try CivilZone(named: name).identifier == "UTC")
        }
        #expect(CivilZone.utc.offset(at: .now) == 0 && CivilZone.utc.isKnown)
    }

    @Test("what older versions stored goes on: old names, other cases, hours from Greenwich")
    func stored() throws {
        for (name, hours) in [
            ("US/Pacific", -8.0), ("Asia/Calcutta", 5.5), ("EST", -5), ("Japan", 9), ("GMT+0200", 2),
            ("GMT-0330", -3.5),
            ("Etc/GMT+5", -5),
        ] {
            let zone = CivilZone(stored: name)
            #expect(zone.isKnown && zone.identifier == name)
            #expect(zone.offset(at: try Date("2026-01-15T12:00:00Z")) == Int(hours * 3600), "\(name)")
        }
    }

    private func civil(_ text: String) -> CivilDate? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return CivilDate(year: parts[0], month: parts[1], day: parts[2])
    }
}
