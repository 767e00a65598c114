import Foundation
import TestSupport
import Testing

@testable import Store

@Suite("Numbers of rows")
struct RowNumberTests {
    @Test("never come again, and neither does what links stand on")
    func goOn() async throws {
        let test = try await TestDatabase()
        let subscribers = test.database.subscribers
        var known: Set<Int64> = []
        for _ in 1...3 {
            let reader = try #require(
                try await subscribers.add(
                    NewSubscriber(
                        address: try .init("eve@example.org"), state: .active,
                        schedule: DeliverySchedule(timeZone: .utc, minute: 420), maxPapers: 10, lastSeq: 0),
                    consent: test.consent("subscribed")))
            #expect(known.insert(reader.id).inserted, "\(reader.id) came again")
            #expect(known.insert(reader.tokenEpoch).inserted)
            _ = try await subscribers.remove(id: reader.id, consent: test.consent("removed"))
        }
    }

    @Test("of every table that numbers itself go on after its rows are gone", arguments: StoredTable.all)
    func everyTable(table: StoredTable) async throws {
        guard table.isNumbered else { return }
        let test = try await TestDatabase()
        let definition = try await test.database.driver.read { sql in
            try sql.dialect.renumber == nil
                ? sql.row("SELECT sql FROM sqlite_master WHERE name = $1", [table.name])?.need("sql") : nil
        }
        // An identity column of PostgreSQL never gives a number again; SQLite's does where it says so.
        if let definition { #expect(definition.contains("AUTOINCREMENT"), "\(table.name)") }
    }

    @Test("and of papers begin far on after a takeover, also in empty tables")
    func skips() async throws {
        let test = try await TestDatabase()
        let before = try await test.subscriber("ada@example.org")
        try await test.database.skipNumbers()
        try await test.database.skipNumbers()
        let after = try await test.subscriber("bob@example.org")
        #expect(after.id > before.id + NumberSkip.count)
        let wrote = try await test.digest(for: after, slot: "2025-11-20", seqs: [], at: TestDatabase.start)
        #expect(wrote == 1)
        let mail = try #require(try await test.database.ledger.history(of: after.id, limit: 1).first)
        #expect(mail.id > 2 * NumberSkip.count)
        _ = try await test.database.papers.record(
            [entry("2511.00001")], feed: "hf", trust: .curator, seenAt: TestDatabase.start)
        #expect(try await test.database.papers.page(.visible, before: nil, limit: 1).first?.seq ?? 0 > NumberSkip.count)
    }
}
