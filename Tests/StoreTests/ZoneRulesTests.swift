import Core
import Foundation
import Testing

@testable import Store

@Suite("What was scheduled by old rules of a time zone")
struct ZoneRulesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var cadence = Cadence.daily
        /// Where old rules had it, and where today's do.
        let old: String
        let new: String
        init(_ name: String, _ cadence: Cadence = .daily, old: String, new: String) {
            (testDescription, self.cadence, self.old, self.new) = (name, cadence, old, new)
        }
    }

    // 07:00 in Zurich is 06:00 UTC in winter; 2026-11-25 is a Wednesday.
    static let cases = [
        Case("an hour late", old: "2026-11-24T07:00:00Z", new: "2026-11-24T06:00:00Z"),
        Case("an hour early", old: "2026-11-24T05:00:00Z", new: "2026-11-24T06:00:00Z"),
        Case("right already", old: "2026-11-24T06:00:00Z", new: "2026-11-24T06:00:00Z"),
        Case("of a weekly reader, days ahead", .weekly, old: "2026-11-25T07:00:00Z", new: "2026-11-25T06:00:00Z"),
        Case(
            "outside the schedule, as it was asked for", .weekly, old: "2026-11-28T12:00:00Z",
            new: "2026-11-28T12:00:00Z"),
        Case("due already", old: "2026-11-23T07:00:00Z", new: "2026-11-23T07:00:00Z"),
    ]

    @Test("moves to the same time of the same day", arguments: cases)
    func digests(example: Case) async throws {
        let now = try Date.ISO8601FormatStyle().parse("2026-11-23T08:00:00Z")
        let test = try await TestDatabase()
        var reader = try await test.subscriber("ada@example.org", at: now)
        reader.schedule = DeliverySchedule(
            timeZone: CivilZone(stored: "Europe/Zurich"), minute: 420, cadence: example.cadence, weekday: 3)
        try await test.database.subscribers.update(reader, consent: test.consent("changed", at: now))
        let old = try Date.ISO8601FormatStyle().parse(example.old)
        let id = reader.id
        _ = try await test.database.driver.write { sql in
            try sql.execute("UPDATE subscribers SET next_digest_at = $2 WHERE id = $1", [id, old.milliseconds])
        }
        let store = test.database.subscribers
        #expect(try await store.followRules(ofZones: ["Europe/Paris"], at: now) == 0)
        let moved = try await store.followRules(ofZones: ["Europe/Zurich"], at: now)
        #expect(moved == (example.old == example.new ? 0 : 1))
        let next = try await store.subscriber(id: id)?.nextDigestAt
        #expect(next == (try Date.ISO8601FormatStyle().parse(example.new)))
        #expect(try await store.followRules(ofZones: ["Europe/Zurich"], at: now) == 0)
    }

    @Test("the end of a pause stays the beginning of its day")
    func pauses() async throws {
        let now = try Date.ISO8601FormatStyle().parse("2026-11-23T08:00:00Z")
        let test = try await TestDatabase()
        let reader = try await test.subscriber("ada@example.org", at: now)
        let end = try Date.ISO8601FormatStyle().parse("2026-12-06T23:00:00Z")
        _ = try await test.database.subscribers.pause(
            id: reader.id, until: end, consent: test.consent("paused", at: now))
        #expect(try await test.database.subscribers.zonesInUse() == ["UTC": 1])
        #expect(try await test.database.subscribers.followRules(ofZones: ["UTC"], at: now) == 1)
        let paused = try #require(try await test.database.subscribers.subscriber(id: reader.id))
        #expect(paused.resumeDay == "2026-12-07" && paused.nextDigestAt == nil)
        #expect(paused.resumeAt == (try Date.ISO8601FormatStyle().parse("2026-12-07T00:00:00Z")))
    }

    @Test("a zone whose name is unknown goes by another, and keeps its name when something else is changed")
    func unknown() async throws {
        let test = try await TestDatabase()
        let id = try await test.subscriber("ada@example.org").id
        for name in ["Nowhere/Land", "GMT", "GMT+0200"] {
            _ = try await test.database.driver.write { sql in
                try sql.execute("UPDATE subscribers SET time_zone = $2 WHERE id = $1", [id, name])
            }
            var reader = try #require(try await test.database.subscribers.subscriber(id: id))
            #expect(reader.schedule.timeZone.isKnown == (name != "Nowhere/Land"))
            let next = reader.schedule.next(after: TestDatabase.start)
            #expect(next.timeIntervalSince(TestDatabase.start) <= 86_400)
            // By which an unknown one goes is for the installation to say, and others of these tests have theirs.
            if reader.schedule.timeZone.isKnown {
                let hour = name == "GMT+0200" ? 5 : 7
                #expect(next.timeIntervalSince1970.truncatingRemainder(dividingBy: 86_400) == Double(hour * 3600))
            }
            reader.maxPapers += 1
            try await test.database.subscribers.update(reader, consent: test.consent("changed"))
            let zones = try await test.database.subscribers.zonesInUse()
            #expect(zones == [name == "GMT" ? "UTC" : name: 1])
        }
    }
}
