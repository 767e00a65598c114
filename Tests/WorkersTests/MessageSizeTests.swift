import Foundation
import Loopback
import Mail
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("The size of mails")
struct MessageSizeTests {
    private static let papers = (1...20).map {
        "Diffusion for images with a title of quite some length, as they have them, in part \($0)"
    }

    private func installation(_ options: SMTPReceiverOptions, readers: Int = 8) async throws -> TestInstallation {
        let test = try await TestInstallation(receiver: options)
        try await test.store(Self.papers)
        for number in 1...readers {
            _ = try await test.desk.add(
                try Address("reader\(number)@example.org"), interests: Interests(topics: ["diffusion"]), source: "test")
        }
        test.clock.move(to: TestInstallation.morning)
        #expect(try await Scheduler(test.installation).round() == readers)
        return test
    }

    @Test("a digest shrinks to the size that the server names", arguments: [40_000, 20_000, 12_000])
    func announced(size: Int) async throws {
        var options = SMTPReceiverOptions()
        options.extensions = ["PIPELINING", "8BITMIME", "SIZE \(size)"]
        let test = try await installation(options)
        #expect(try await test.sender.drain().sent == 8)
        let messages = await test.receiver.messages()
        #expect(messages.count == 8 && messages.allSatisfy { $0.bytes.count <= size })
        // It is not made smaller than it must be: a paper takes about two thousand bytes.
        #expect(messages.allSatisfy { $0.bytes.count > min(size, 40_000) - 6000 })
        #expect(try await test.installation.database.breakers.open(at: test.clock.now).isEmpty)
    }

    @Test(
        "a server that refuses a size without naming it gets smaller ones, then and the next morning",
        arguments: ["552 5.3.4 Message too big", "552 message size exceeds fixed limit", "550 5.2.3 too long"])
    func learnt(reply: String) async throws {
        var options = SMTPReceiverOptions()
        options.mostBytes = 15_000
        options.tooLarge = reply
        let test = try await installation(options)
        for _ in 0..<5 {
            _ = try await test.sender.drain()
            test.clock.advance(by: 3600)
        }
        #expect(try await test.installation.database.ledger.backlog() == [.sent: 8])
        #expect(try await test.installation.database.subscribers.counts()[.bounced] == nil)
        let tried = test.receiver.statistics.messages
        try await test.store(Self.papers.map { "More \($0)" }, firstID: 100)
        test.clock.move(to: TestInstallation.morning.addingTimeInterval(86_400))
        #expect(try await Scheduler(test.installation).round() == 8)
        #expect(try await test.sender.drain().sent == 8)
        #expect(test.receiver.statistics.messages == tried + 8)
    }
}
