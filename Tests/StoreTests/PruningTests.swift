import Foundation
import Mail
import Testing

@testable import Store

@Suite("What is forgotten of the ledger, and counted for good")
struct PruningTests {
    private let now = TestDatabase.start
    private let day: TimeInterval = 86_400
    private let score = BounceScore(limit: 5)

    /// Sends a digest each day and records what became of it.
    private func send(_ states: [DeliveryState], in test: TestDatabase, reply: String = "250 ok") async throws {
        for (number, state) in states.enumerated() {
            let time = now.addingTimeInterval(Double(number) * day)
            let subscriber = try await test.subscriber("reader\(number)@example.org", at: time.addingTimeInterval(-day))
            _ = try await test.digest(for: subscriber, slot: "2025-11-20", seqs: [1], at: time)
            guard state != .pending else {
                // One that nobody gets to.
                try await test.database.driver.write { sql in
                    _ = try sql.execute("UPDATE deliveries SET next_attempt_at = 9000000000000 WHERE state = 'pending'")
                }
                continue
            }
            let claimed = try await test.database.ledger.claim(limit: 1, by: "me", at: time, lease: 60)
            let results = claimed.map {
                DeliveryResult(id: $0.id, state: state, reply: reply, messageID: nil, nextAttemptAt: time, at: time)
            }
            try await test.database.ledger.record(results, by: "me", score: score)
        }
    }

    private func left(_ test: TestDatabase) async throws -> [String] {
        try await test.database.driver.read { sql in
            try sql.rows("SELECT state FROM deliveries ORDER BY id").map { try $0.need("state") }
        }
    }

    private func contents(_ test: TestDatabase) async throws -> Int64? {
        try await test.database.driver.read { sql in
            try sql.row("SELECT count(*) AS count FROM digest_contents")?.integer("count")
        }
    }

    @Test("what a digest held goes with the last mail that held it")
    func contents() async throws {
        let test = try await TestDatabase()
        try await send([.sent, .sent], in: test)
        let reader = try await test.subscriber("ada@example.org", at: now)
        _ = try await test.digest(for: reader, slot: "2025-11-25", seqs: [2], at: now.addingTimeInterval(5 * day))
        #expect(try await contents(test) == 2)
        #expect(try await test.database.ledger.prune(writtenBefore: now.addingTimeInterval(0.5 * day), limit: 9) == 1)
        #expect(try await contents(test) == 2)
        #expect(try await test.database.ledger.prune(writtenBefore: now.addingTimeInterval(2 * day), limit: 9) == 1)
        #expect(try await contents(test) == 1)
    }

    @Test("finished mails that are old go, the oldest first; what waits stays, and so do the sums")
    func prunes() async throws {
        let test = try await TestDatabase()
        try await send([.sent, .failed, .skipped, .pending, .sent, .sent], in: test)
        let ledger = test.database.ledger
        let border = now.addingTimeInterval(4.5 * day)
        #expect(try await ledger.prune(writtenBefore: now, limit: 10) == 0)
        #expect(try await ledger.prune(writtenBefore: border, limit: 2) == 2)
        #expect(try await ledger.prune(writtenBefore: border, limit: 10) == 2)
        #expect(try await ledger.prune(writtenBefore: border, limit: 10) == 0)
        #expect(try await left(test) == ["pending", "sent"])
        // What both were to hold is still there: it is the same for all.
        #expect(try await contents(test) == 1)
        #expect(try await test.database.statistics.mails() == ["sent": 3, "failed": 1, "skipped": 1])
    }

    @Test("an answer is still sent after some of those before it were forgotten")
    func answersGoOn() async throws {
        let test = try await TestDatabase()
        let reader = try await test.subscriber("ada@example.org")
        let ledger = test.database.ledger
        let allowance = [MailAllowance(10, per: 60)]
        for number in 0..<3 {
            let time = now.addingTimeInterval(Double(number) * day)
            #expect(
                try await ledger.enqueueAnswer(
                    .reminder, to: reader.id, within: allowance, at: time, expiresAt: time.addingTimeInterval(day)))
            let claimed = try await ledger.claim(limit: 1, by: "me", at: time, lease: 60)
            let results = claimed.map {
                DeliveryResult(id: $0.id, state: .sent, reply: "250 ok", messageID: nil, at: time)
            }
            try await ledger.record(results, by: "me", score: score)
        }
        #expect(try await ledger.prune(writtenBefore: now.addingTimeInterval(1.5 * day), limit: 10) == 2)
        let later = now.addingTimeInterval(3 * day)
        #expect(
            try await ledger.enqueueAnswer(
                .reminder, to: reader.id, within: allowance, at: later, expiresAt: later.addingTimeInterval(day)))
    }

    @Test(
        "what mail servers say is counted by its class",
        arguments: [
            ("250 2.0.0 Ok", "reply 2xx"), ("250-first", "reply 2xx"), ("450 4.2.0 later", "reply 4xx"),
            ("550 5.1.1 no such user", "reply 5xx"), ("given up after: 451 try later", "reply 4xx"),
            ("the connection broke off", "reply none"), ("2500 words", "reply none"), ("", "reply none"),
            ("999 what", "reply none"), ("421", "reply 4xx"),
        ])
    func classes(reply: String, name: String) {
        #expect(DailyCounts.reply(reply) == name)
    }

    @Test("each day has its sums: mails, answers, bounces, papers, who came and who left")
    func days() async throws {
        let test = try await TestDatabase()
        try await send([.sent, .deferred], in: test)
        let reader = try await test.subscriber("ada@example.org")
        _ = try await test.digest(for: reader, slot: "2025-11-21", seqs: [1], at: now)
        let claimed = try await test.database.ledger.claim(limit: 9, by: "me", at: now, lease: 60)
        let bounced = claimed.filter { $0.subscriber.id == reader.id }.map {
            DeliveryResult(
                id: $0.id, state: .failed, reply: "550 5.1.1 no", messageID: nil, at: now, fault: .unknownMailbox,
                addressHash: "aa")
        }
        try await test.database.ledger.record(bounced, by: "me", score: score)
        _ = try await test.database.papers.record([try entry("2511.00001")], feed: "hf", trust: .curator, seenAt: now)
        let first = StatisticsStore.day(of: now)
        let days = try await test.database.statistics.days(since: first)
        #expect(days[first]?["mail sent"] == 1)
        #expect(days[first]?["reply 5xx"] == 1)
        #expect(days[first]?["bounce unknown mailbox"] == 1)
        #expect(days[first]?["papers"] == 1)
        #expect(days[first]?["event added"] == 2)
        #expect(days[first]?["event bounced"] == 1)
        #expect(days[first + 1]?["mail deferred"] == 1)
        #expect(try await test.database.statistics.bounces() == ["unknown mailbox": 1])
        #expect(try await test.database.statistics.replies()["2xx"] == 2)
    }
}
