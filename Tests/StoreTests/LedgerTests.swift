import Foundation
import Testing

@testable import Store

@Suite("The delivery ledger")
struct LedgerTests {
    private let now = TestDatabase.start

    @Test("a due subscriber gets one row, moves on to the next morning, and is not due again")
    func schedulesOnce() async throws {
        let test = try await TestDatabase()
        let due = try await test.subscriber("ada@example.org", at: now.addingTimeInterval(-86_400))
        #expect(try await test.database.subscribers.due(at: now, limit: 10).map(\.id) == [due.id])

        #expect(try await test.digest(for: due, slot: "2025-11-20", seqs: [1, 2], at: now) == 1)
        #expect(try await test.database.subscribers.due(at: now, limit: 10).isEmpty)
        let after = try #require(try await test.database.subscribers.subscriber(id: due.id))
        #expect(after.lastSeq == 2)
        #expect(after.nextDigestAt == now.addingTimeInterval(23 * 3600))
    }

    @Test("two schedulers that decide about the same subscriber write one row")
    func schedulersDoNotDouble() async throws {
        let test = try await TestDatabase()
        let due = try await test.subscriber("ada@example.org", at: now.addingTimeInterval(-86_400))
        #expect(try await test.digest(for: due, slot: "2025-11-20", seqs: [1], at: now) == 1)
        #expect(try await test.digest(for: due, slot: "2025-11-20", seqs: [1], at: now) == 0)
        #expect(try await test.database.ledger.history(of: due.id, limit: 9).count == 1)
    }

    @Test("a second digest for the same morning is not written, and its papers wait for the next")
    func oneDigestAMorning() async throws {
        let test = try await TestDatabase()
        var due = try await test.subscriber("ada@example.org", at: now.addingTimeInterval(-86_400))
        _ = try await test.digest(for: due, slot: "2025-11-20", seqs: [1], at: now)
        due = try #require(try await test.database.subscribers.subscriber(id: due.id))
        #expect(try await test.digest(for: due, slot: "2025-11-20", seqs: [2], at: now) == 0)
        let after = try #require(try await test.database.subscribers.subscriber(id: due.id))
        #expect(after.lastSeq == 1)
    }

    @Test("of many who are due each moves on to their own morning, and who is asked about twice gets one")
    func manyAtOnce() async throws {
        let test = try await TestDatabase()
        var digests: [ScheduledDigest] = []
        for number in 0..<5 {
            let reader = try await test.subscriber(
                "reader\(number)@example.org", at: now.addingTimeInterval(-86_400))
            digests.append(
                ScheduledDigest(
                    subscriber: reader, slot: "2025-11-20",
                    contents: number == 4 ? nil : DigestContents(items: [DigestItem(seq: Int64(number))], more: 0),
                    nextDigestAt: now.addingTimeInterval(Double(number % 2 + 1) * 3600), lastSeq: Int64(number),
                    expiresAt: now.addingTimeInterval(86_400)))
        }
        #expect(try await test.database.ledger.schedule(digests + digests.prefix(2), at: now) == 4)
        let readers = try await test.database.subscribers.list()
        #expect(readers.map(\.nextDigestAt) == digests.map(\.nextDigestAt))
        #expect(readers.map(\.lastSeq) == [0, 1, 2, 3, 4])
        #expect(try await test.database.ledger.backlog() == [.pending: 4])
    }

    @Test("who is due is told in parts, longest due first")
    func dueInParts() async throws {
        let test = try await TestDatabase()
        for number in 0..<5 {
            _ = try await test.subscriber(
                "reader\(number)@example.org", at: now.addingTimeInterval(-86_400 * Double(1 + (number + 1) % 2)))
        }
        var found: [Int64] = []
        var last: Subscriber?
        while case let part = try await test.database.subscribers.due(at: now, after: last, limit: 2), !part.isEmpty {
            found += part.map(\.id)
            last = part.last
        }
        let all = try await test.database.subscribers.list()
        #expect(found == [0, 2, 4, 1, 3].map { all[$0].id })
    }

    @Test("a claimed row is nobody else's until its claim lapses, then it is claimed again and counted")
    func claimsLapse() async throws {
        let test = try await TestDatabase()
        let due = try await test.subscriber("ada@example.org", at: now.addingTimeInterval(-86_400))
        _ = try await test.digest(for: due, slot: "2025-11-20", seqs: [1], at: now)
        let ledger = test.database.ledger
        let first = try await ledger.claim(limit: 5, by: "one", at: now, lease: 300)
        #expect(first.map(\.attempt) == [1])
        #expect(first.first?.contents?.items == [DigestItem(seq: 1, topics: ["a"])])
        #expect(try await ledger.claim(limit: 5, by: "two", at: now.addingTimeInterval(299), lease: 300).isEmpty)
        #expect(
            try await ledger.claim(limit: 5, by: "two", at: now.addingTimeInterval(300), lease: 300).map(\.attempt) == [
                2
            ])
    }

    @Test("many senders that claim at once never hold the same row")
    func claimsAreExclusive() async throws {
        let test = try await TestDatabase()
        for number in 0..<60 {
            let due = try await test.subscriber("reader\(number)@example.org", at: now.addingTimeInterval(-86_400))
            _ = try await test.digest(for: due, slot: "2025-11-20", seqs: [1], at: now)
        }
        let ledger = test.database.ledger
        let now = now
        let claimed = try await withThrowingTaskGroup(of: [Int64].self) { group in
            for sender in 0..<6 {
                group.addTask {
                    var ids: [Int64] = []
                    while case let batch = try await ledger.claim(limit: 4, by: "sender \(sender)", at: now, lease: 300),
                        !batch.isEmpty
                    {
                        ids += batch.map(\.id)
                    }
                    return ids
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.count == 60)
        #expect(Set(claimed).count == 60)
    }

    @Test("a recorded reply finishes the row; a deferred one comes back at its time")
    func records() async throws {
        let test = try await TestDatabase()
        let due = try await test.subscriber("ada@example.org", at: now.addingTimeInterval(-86_400))
        _ = try await test.digest(for: due, slot: "2025-11-20", seqs: [1], at: now)
        let ledger = test.database.ledger
        let id = try #require(try await ledger.claim(limit: 1, by: "one", at: now, lease: 300).first?.id)
        let later = now.addingTimeInterval(600)
        try await ledger.record(
            [
                DeliveryResult(
                    id: id, state: .deferred, reply: "451 4.7.1 later", messageID: "a@b", nextAttemptAt: later, at: now)
            ],
            by: "one", score: BounceScore(limit: 5))
        #expect(try await ledger.claim(limit: 1, by: "one", at: now.addingTimeInterval(599), lease: 300).isEmpty)
        #expect(try await ledger.claim(limit: 1, by: "one", at: later, lease: 300).count == 1)
        try await ledger.record(
            [DeliveryResult(id: id, state: .sent, reply: "250 2.0.0 ok", messageID: "a@b", at: later)], by: "one",
            score: BounceScore(limit: 5))
        let record = try #require(try await ledger.history(of: due.id, limit: 1).first)
        #expect(record.state == .sent)
        #expect(record.attempts == 2)
        #expect(record.lastReply == "250 2.0.0 ok")
        #expect(try await ledger.claim(limit: 1, by: "one", at: later.addingTimeInterval(9999), lease: 300).isEmpty)
    }

    @Test("a claim that was not used is no attempt and can be taken at once")
    func releases() async throws {
        let test = try await TestDatabase()
        let due = try await test.subscriber("ada@example.org", at: now.addingTimeInterval(-86_400))
        _ = try await test.digest(for: due, slot: "2025-11-20", seqs: [1], at: now)
        let ledger = test.database.ledger
        let claimed = try await ledger.claim(limit: 1, by: "one", at: now, lease: 300)
        try await ledger.release(claimed.map(\.id), by: "one", at: now)
        #expect(try await ledger.claim(limit: 1, by: "two", at: now, lease: 300).map(\.attempt) == [1])
    }

    @Test("what waits for somebody who leaves is skipped, and never claimed")
    func skipsWhoLeft() async throws {
        let test = try await TestDatabase()
        let due = try await test.subscriber("ada@example.org", at: now.addingTimeInterval(-86_400))
        _ = try await test.digest(for: due, slot: "2025-11-20", seqs: [1], at: now)
        _ = try await test.database.subscribers.move(
            id: due.id, from: [.active], to: .unsubscribed, consent: test.consent("unsubscribed", at: now))
        #expect(try await test.database.ledger.claim(limit: 1, by: "one", at: now, lease: 300).isEmpty)
        #expect(try await test.database.ledger.history(of: due.id, limit: 1).map(\.state) == [.skipped])
    }

    @Test("a mail that answers a person goes before every digest")
    func answersFirst() async throws {
        let test = try await TestDatabase()
        let due = try await test.subscriber("ada@example.org", at: now.addingTimeInterval(-86_400))
        _ = try await test.digest(for: due, slot: "2025-11-20", seqs: [1], at: now)
        let ledger = test.database.ledger
        let expiry = now.addingTimeInterval(3600)
        let allowances = [MailAllowance(1, per: 3600)]
        #expect(
            try await ledger.enqueueAnswer(.confirm, to: due.id, within: allowances, at: now, expiresAt: expiry))
        #expect(
            try await !ledger.enqueueAnswer(.confirm, to: due.id, within: allowances, at: now, expiresAt: expiry))
        #expect(try await ledger.claim(limit: 1, by: "one", at: now, lease: 300).map(\.kind) == [.confirm])
    }
}
