import Foundation
import TestSupport
import Testing

@testable import Store

@Suite("A database whose links stand on numbers")
struct SecretsMigrationTests {
    private static let now = TestDatabase.start.milliseconds

    /// The schema as it was before, with readers 1 and 2, whose links share an epoch, and a mail of each.
    private func old(_ folder: URL) async throws -> (place: TestPlace, database: Database) {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let place = try TestPlace(in: folder)
        let database = try Database(url: place.url)
        try await database.driver.migrate { sql in
            try sql.execute("CREATE TABLE migrations (version BIGINT PRIMARY KEY, applied_at BIGINT NOT NULL)")
            for migration in Schema.migrations where migration.version < 17 {
                try migration.work(sql)
                try sql.execute(
                    "INSERT INTO migrations (version, applied_at) VALUES ($1, $2)", [migration.version, Self.now])
            }
            for name in ["ada", "bob"] {
                try sql.execute(
                    """
                    INSERT INTO subscribers (email, address_key, state, time_zone, send_minute, cadence, weekday, max_papers,
                        last_seq, created_at)
                    VALUES ($1, $1, 'active', 'UTC', 420, 'daily', 1, 10, 0, $2)
                    """, ["\(name)@example.org", Self.now])
            }
            try sql.execute(
                "INSERT INTO subscriptions (subscriber_id, kind, value) SELECT id, 'topic', 'robots' FROM subscribers")
            try sql.execute(
                """
                INSERT INTO deliveries (subscriber_id, kind, slot, contents, state, created_at, next_attempt_at, expires_at)
                SELECT id, 'digest', '2025-11-20', '', 'sent', $1, $1, $1 FROM subscribers
                """, [Self.now])
        }
        return (place, database)
    }

    private func numbers(_ query: String, _ database: Database) async throws -> [Int64] {
        try await database.driver.read { sql in try sql.rows(query).map { try $0.number("n") } }
    }

    @Test("gets a random epoch for each reader and a nonce for each mail, and loses nothing")
    func raised() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (place, database) = try await old(folder)
        #expect(try await database.migrate(now: TestDatabase.start).first == 17)
        for query in ["SELECT token_epoch AS n FROM subscribers", "SELECT nonce AS n FROM deliveries"] {
            let values = try await numbers(query, database)
            #expect(Set(values).count == 2 && values.allSatisfy { $0 > 1 << 32 }, "\(values)")
        }
        #expect(try await database.subscribers.subscriber(id: 2)?.interests.topics == ["robots"])
        #expect(try await database.ledger.history(of: 1, limit: 9).count == 1)
        // What refers to a table that was made anew still does.
        _ = try await database.driver.write { sql in
            try sql.execute("DELETE FROM subscribers WHERE id = 2")
        }
        #expect(try await numbers("SELECT id AS n FROM deliveries", database) == [1])
        #expect(try await numbers("SELECT subscriber_id AS n FROM subscriptions", database) == [1])
        withExtendedLifetime(place) {}
    }

    @Test("never gives a number again, of whatever table")
    func numbersGoOn() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (place, database) = try await old(folder)
        try await database.migrate(now: TestDatabase.start)
        // A new database's definitions are those of an old one that was brought up to date.
        let test = try await TestDatabase()
        for database in [database, test.database] {
            var known: Set<Int64> = []
            for _ in 1...3 {
                let reader = try #require(
                    try await database.subscribers.add(
                        NewSubscriber(
                            address: try .init("eve@example.org"), state: .active,
                            schedule: DeliverySchedule(timeZone: .utc, minute: 420), maxPapers: 10, lastSeq: 0),
                        consent: test.consent("subscribed")))
                #expect(known.insert(reader.id).inserted, "\(reader.id) came again")
                #expect(known.insert(reader.tokenEpoch).inserted)
                _ = try await database.subscribers.remove(id: reader.id, consent: test.consent("removed"))
            }
        }
        withExtendedLifetime(place) {}
    }

    @Test("numbers of rows and of papers begin far on after a takeover, also in empty tables")
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
