import Foundation
import Papers
import Synchronization
import TestSupport
import Testing

@testable import Store

/// Notes the text of each statement that is run on the way to a real database.
private final class StatementLog: DatabaseDriver {
    private let base: any DatabaseDriver
    private let texts = Mutex<[String: [any SQLArgument]]>([:])
    var dialect: Dialect { base.dialect }

    init(_ base: any DatabaseDriver) { self.base = base }

    var statements: [String: [any SQLArgument]] { texts.withLock(\.self) }

    func read<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await base.read { try work(Connection(base: $0, log: self)) }
    }

    func write<Value: Sendable>(
        _ locks: WriteLocks, _ work: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await base.write(locks) { try work(Connection(base: $0, log: self)) }
    }

    func take(_ place: String) async throws -> (any HeldLock)? { try await base.take(place) }
    var isShared: Bool { base.isShared }
    func identity() async throws -> String? { try await base.identity() }

    private struct Connection: SQLConnection {
        let base: any SQLConnection
        let log: StatementLog
        var dialect: Dialect { base.dialect }

        func execute(_ sql: String, _ arguments: [any SQLArgument]) throws -> Int {
            log.texts.withLock { $0[sql] = arguments }
            return try base.execute(sql, arguments)
        }

        func rows(_ sql: String, _ arguments: [any SQLArgument]) throws -> [SQLRow] {
            log.texts.withLock { $0[sql] = arguments }
            return try base.rows(sql, arguments)
        }
    }
}

@Suite("Statements")
struct StatementTests {
    @Test("the second day runs the statements of the first, whatever its papers and readers: each is kept prepared")
    func bounded() async throws {
        let test = try await TestDatabase()
        let log = StatementLog(test.database.driver)
        let database = Database(driver: log)
        try await live(day: 1, database, test)
        let first = log.statements.count
        for day in 2...4 { try await live(day: day, database, test) }
        #expect(log.statements.count == first)
    }

    /// Of SQLite's plans only: PostgreSQL plans by the size of tables, and small ones are read as a whole.
    @Test(
        "what is asked every second looks at no more rows than it finds, however long the ledger",
        .enabled(if: !TestPlace.isOnServer))
    func indexed() async throws {
        let test = try await TestDatabase()
        let log = StatementLog(test.database.driver)
        let (ledger, papers) = (DeliveryLedger(driver: log), PaperStore(driver: log))
        let now = TestDatabase.start
        _ = try await ledger.claimants()
        _ = try await ledger.claim(limit: 10, by: "me", at: now, lease: 600)
        _ = try await ledger.lapse(claimant: "me", at: now)
        _ = try await ledger.dueCount(at: now)
        _ = try await ledger.nextAttempt()
        _ = try await ledger.history(of: 1, limit: 10)
        _ = try await ledger.papers(sentTo: [1], since: now)
        _ = try await papers.surfaced(after: 1, limit: 10)
        _ = try await SubscriberStore(driver: log).due(at: now, limit: 10)
        #expect(log.statements.count >= 9)
        for (text, arguments) in log.statements {
            let plan = try await test.database.driver.read { sql in
                try sql.rows("EXPLAIN QUERY PLAN \(text)", arguments).map { try $0.need("detail") }
            }
            // `due` is what a claim has found.
            let scans = plan.filter {
                $0.hasPrefix("SCAN") && !$0.contains("json_each") && !$0.contains("INDEX") && $0 != "SCAN due"
            }
            #expect(scans.isEmpty, "\(text): \(plan)")
        }
    }

    @Test(
        "each batch of those who are due is found and written at once, however many are due at the same time",
        .enabled(if: !TestPlace.isOnServer))
    func dueAtOnce() async throws {
        let test = try await TestDatabase()
        let log = StatementLog(test.database.driver)
        let now = TestDatabase.start
        let reader = try await test.subscriber("ada@example.org", at: now.addingTimeInterval(-86_400))
        _ = try await SubscriberStore(driver: log).due(at: now, after: reader, limit: 10)
        let step = ScheduledDigest(
            subscriber: reader, slot: "2025-11-20", contents: DigestContents(items: [DigestItem(seq: 1)], more: 0),
            nextDigestAt: now.addingTimeInterval(86_400), lastSeq: 1, expiresAt: now.addingTimeInterval(86_400))
        #expect(try await DeliveryLedger(driver: log).schedule([step], at: now) == 1)
        let onSubscribers = log.statements.filter { $0.key.contains("subscribers") }
        #expect(onSubscribers.count >= 4)
        for (text, arguments) in onSubscribers {
            let plan = try await test.database.driver.read { sql in
                try sql.rows("EXPLAIN QUERY PLAN \(text)", arguments).map { try $0.need("detail") }
            }
            // The state alone finds nearly everybody.
            #expect(!plan.contains { $0.contains("SCAN subscribers") || $0.contains("(state=?)") }, "\(text): \(plan)")
            #expect(plan.contains { $0.contains("next_digest_at") || $0.contains("PRIMARY KEY") }, "\(text): \(plan)")
        }
    }

    /// Papers come in, readers subscribe, mark, are sent their digest and leave.
    private func live(day: Int, _ database: Store.Database, _ test: TestDatabase) async throws {
        let now = TestDatabase.start.addingTimeInterval(Double(day) * 86_400)
        let entries = try (0..<(day + 2)).map { number in
            Entry(id: try #require(PaperID(parsing: "2611.\(day)000\(number)")), title: "Paper \(day) \(number)")
        }
        _ = try await database.papers.record(entries, feed: "hf", trust: .curator, seenAt: now)
        let papers = try await database.papers.newest(limit: day + 1)
        _ = try await database.papers.papers(seqs: Set(papers.map(\.seq)))
        _ = try await database.papers.sightings(of: Set(papers.map(\.seq)))
        var readers: [Subscriber] = []
        for number in 0..<(day + 1) { readers.append(try await test.subscriber("reader\(day)-\(number)@example.org")) }
        for reader in readers {
            _ = try await database.ledger.enqueueAnswer(
                .welcome, to: reader.id, within: [], at: now, expiresAt: now.addingTimeInterval(86_400))
            _ = try await database.marks.set(
                Mark(paperSeq: papers[0].seq, isLiked: true, at: now), of: reader.id)
        }
        _ = try await database.marks.marks(of: readers.map(\.id))
        _ = try await database.ledger.papers(sentTo: readers.map(\.id), since: TestDatabase.start)
        let claimed = try await database.ledger.claim(limit: 100, by: "me", at: now, lease: 600)
        #expect(claimed.count >= readers.count)
        try await database.ledger.release(claimed.map(\.id), by: "me", at: now)
        #expect(try await database.marks.remove(papers.map(\.seq), of: readers[0].id) == 1)
    }
}
