import Foundation
import Loopback
import Mail
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("The sender")
struct SenderTests {
    private let morning = TestInstallation.morning

    private func due(readers: Int) async throws -> TestInstallation { try await TestInstallation.due(readers: readers) }

    private func states(_ test: TestInstallation) async throws -> [DeliveryState: Int] {
        try await test.installation.database.ledger.backlog()
    }

    @Test("a database that restarts is tried again soon, one that stays away ever later")
    func rests() {
        var rest = BackOff()
        let away = StoreError(.unreachable, "away", mend: "wait")
        #expect((0..<7).map { _ in rest.seconds(after: away, relays: 0) } == [0.5, 1, 2, 4, 8, 10, 10])
        rest.worked()
        #expect(rest.seconds(after: away, relays: 0) == 0.5)
        #expect(rest.seconds(after: StoreError(.full, "full", mend: "free"), relays: 0) == 5)
        #expect(rest.seconds(after: RelayRefusal(description: "no"), relays: 30) == 30)
        #expect(rest.seconds(after: away, relays: 0) == 0.5)
    }

    @Test("everybody gets their own mail over a few connections, and a second round sends nothing")
    func sends() async throws {
        let test = try await due(readers: 40)
        let summary = try await test.sender.drain()
        #expect(summary.sent == 40)
        let messages = await test.receiver.messages()
        #expect(Set(messages.flatMap(\.recipients)).count == 40)
        #expect(test.receiver.statistics.connections <= 4)
        #expect(try await test.sender.drain() == SendSummary())
        #expect(try await states(test) == [.sent: 40])
    }

    @Test("a paper that is hidden after digests were written is in none of them, and a digest of it alone is not sent")
    func hidden() async throws {
        let test = try await due(readers: 2)
        try await test.installation.database.papers.setHidden(1, true)
        #expect(try await test.sender.drain().sent == 0)
        #expect(try await states(test) == [.skipped: 2])
    }

    @Test("the reply is recorded with the mail")
    func reply() async throws {
        let test = try await due(readers: 1)
        _ = try await test.sender.drain()
        let reader = try await test.subscriber("reader1@example.org")
        let record = try #require(try await test.installation.database.ledger.history(of: reader.id, limit: 1).first)
        #expect(record.lastReply?.hasPrefix("250") == true)
        let message = try #require(await test.receiver.messages().first)
        let header = ParsedMessage(message.bytes).fields
        #expect(header["message-id"] == "<\(record.messageID ?? "")>")
        #expect(header["list-unsubscribe"]?.contains("https://papers.example.org/unsubscribe?token=") == true)
        #expect(header["to"]?.contains("reader1@example.org") == true)
    }

    @Test("a mail server that is away leaves everything in the ledger, unspent")
    func away() async throws {
        let test = try await due(readers: 3)
        await test.receiver.stop()
        await #expect(throws: (any Error).self) { try await test.sender.drain() }
        #expect(try await states(test) == [.pending: 3])
        let history = try await test.installation.database.ledger.history(
            of: try await test.subscriber("reader1@example.org").id, limit: 1)
        #expect(history.first?.attempts == 0)
    }

    @Test("somebody who left after the digest was claimed gets nothing")
    func left() async throws {
        let test = try await due(readers: 2)
        _ = try await test.desk.leave(
            try await test.subscriber("reader1@example.org"), saysGoodbye: false, source: "test")
        #expect(try await test.sender.drain().sent == 1)
        #expect(await test.receiver.messages().flatMap(\.recipients) == ["reader2@example.org"])
    }

    @Test("the claims of a sender that died on this machine are taken over at once, under the same Message-ID")
    func takesOver() async throws {
        let test = try await due(readers: 1)
        let here = Claimant.current.description.split(separator: "/").map(String.init)
        let dead = [here[0], here[1], here[2], "1"].joined(separator: "/")
        let ledger = test.installation.database.ledger
        #expect(try await ledger.claim(limit: 9, by: dead, at: morning, lease: 600).count == 1)
        #expect(try await test.sender.drain().sent == 1)
    }

    @Test("the claims of a sender elsewhere are left alone until they lapse")
    func waitsForOthers() async throws {
        let test = try await due(readers: 1)
        _ = try await test.installation.database.ledger.claim(limit: 9, by: "elsewhere/b/1/1", at: morning, lease: 600)
        #expect(try await test.sender.drain().sent == 0)
        test.clock.advance(by: 601)
        #expect(try await test.sender.drain().sent == 1)
    }
}
