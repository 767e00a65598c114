import Foundation
import Loopback
import Mail
import Store
import Synchronization
import TestServers
import TestSupport
import Testing

@testable import Workers

@Suite("A sender among troubles")
struct RelayTroubleTests {
    private static let readers = 24
    /// A stall is to be told from a machine under load: how long the sender waits, and how long a relay stalls.
    private static let patience = "6"
    private static let stall = 18_000

    private struct Case: CustomTestStringConvertible, Sendable {
        let stage: SMTPStage
        let action: SMTPAction
        var testDescription: String { "\(stage.rawValue): \(action)" }

        static let drops = [SMTPStage.connect, .ehlo, .mail, .rcpt, .data, .body, .final].map {
            Case(stage: $0, action: .drop)
        }
        static let shutdowns = [SMTPStage.connect, .ehlo, .mail, .rcpt, .data, .final].map {
            Case(stage: $0, action: .replyAndClose("421 4.3.2 shutting down"))
        }
        static let refusals = [SMTPStage.connect, .ehlo, .mail, .rcpt, .data, .final].map {
            Case(stage: $0, action: .reply("451 4.3.0 try again later"))
        }
        /// Only those that come before any recipient was looked at.
        static let hardRefusals = [
            Case(stage: .connect, action: .replyAndClose("554 5.7.1 not you")),
            Case(stage: .mail, action: .reply("550 5.7.1 sender rejected")),
            Case(stage: .mail, action: .reply("530 5.7.0 authentication required")),
            Case(stage: .rcpt, action: .reply("550 5.7.1 relaying denied")),
            Case(stage: .data, action: .reply("550 5.7.0 quota of today used up")),
            Case(stage: .final, action: .reply("554 5.7.1 listed")),
        ]
    }

    /// Some messages after the first of a connection meet the trouble; after that the relay is well.
    private func options(_ trouble: Case, extensions: [String]? = nil) -> SMTPReceiverOptions {
        let left = Mutex(6)
        var options = SMTPReceiverOptions()
        if let extensions { options.extensions = extensions }
        options.script = { event in
            guard event.stage == trouble.stage, event.messages > 0 || [.connect, .ehlo].contains(event.stage) else {
                return .proceed
            }
            return left.withLock { left in
                left -= 1
                return left >= 0 ? trouble.action : .proceed
            }
        }
        return options
    }

    @Test(
        "whatever happens at whatever stage, everybody gets the mail, doubles only of what was in flight, and all alike",
        arguments: Case.drops + Case.shutdowns + Case.refusals + Case.hardRefusals,
        [["PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES"], ["8BITMIME"]])
    private func delivers(_ trouble: Case, _ extensions: [String]) async throws {
        let test = try await TestInstallation.due(
            readers: Self.readers, receiver: options(trouble, extensions: extensions))
        for _ in 0..<12 {
            _ = try? await test.sender.drain()
            test.clock.advance(by: 3600)
        }
        let messages = await test.receiver.messages()
        let mails = Dictionary(grouping: messages, by: { $0.recipients.first ?? "" })
        let states = try await test.installation.database.ledger.backlog()
        // A refusal of a recipient or a message that the relay did not take back is that message's end.
        let isFinal =
            trouble.action == .reply("550 5.7.1 relaying denied") || trouble.stage == .data || trouble.stage == .final
        if case .reply(let text) = trouble.action, text.hasPrefix("5"), isFinal {
            #expect((states[.sent] ?? 0) + (states[.failed] ?? 0) == Self.readers)
        } else {
            #expect(states == [.sent: Self.readers])
            #expect(mails.count == Self.readers)
        }
        for (_, copies) in mails {
            #expect(Set(copies.map { ParsedMessage($0.bytes).fields["message-id"] }).count == 1)
        }
        let doubles = messages.count - mails.count
        #expect(doubles <= (trouble.stage == .final ? 6 * 3 : 0))
        #expect(try await test.installation.database.subscribers.counts()[.bounced] == nil)
    }

    @Test(
        "a relay that hangs up, stalls or refuses on the way to TLS and login loses and doubles nothing",
        arguments: [SMTPStage.startTLS, .auth],
        [SMTPAction.drop, .delay(milliseconds: Self.stall), .reply("454 4.7.0 not now"), .reply("535 5.7.8 not you")])
    func secured(_ stage: SMTPStage, _ action: SMTPAction) async throws {
        let certificates = try TestCertificates()
        defer { certificates.remove() }
        let left = Mutex(6)
        var options = SMTPReceiverOptions()
        options.tls = .startTLS(try certificates.certificate(for: "localhost"))
        options.credentials = .init(user: "broadsheet", secret: "secret")
        options.script = { event in
            guard event.stage == stage else { return .proceed }
            return left.withLock { left in
                left -= 1
                return left >= 0 ? action : .proceed
            }
        }
        let test = try await TestInstallation.due(
            readers: 8, receiver: options,
            environment: [
                "BROADSHEET_SMTP_TLS": "required", "BROADSHEET_SMTP_CA_FILE": certificates.authority,
                "BROADSHEET_SMTP_TIMEOUT": Self.patience,
            ])
        #expect(try await sendAll(test) == 8)
        #expect(await test.receiver.messages().count == 8)
    }

    @Test(
        "a relay that stalls is given up after its time, and what it may have taken comes again with the same Message-ID",
        arguments: [SMTPStage.connect, .ehlo, .mail, .rcpt, .data, .body, .final])
    func stalling(_ stage: SMTPStage) async throws {
        let left = Mutex(3)
        var options = SMTPReceiverOptions()
        options.script = { event in
            guard event.stage == stage else { return .proceed }
            return left.withLock { left in
                left -= 1
                return left >= 0 ? .delay(milliseconds: Self.stall) : .proceed
            }
        }
        let test = try await TestInstallation.due(
            readers: 8, receiver: options, environment: ["BROADSHEET_SMTP_TIMEOUT": Self.patience])
        #expect(try await sendAll(test) == 8)
        // What stalled at its end arrives when the stall is over.
        let messages = await test.receiver.waitForMessages(stage == .final ? 9 : 8)
        let mails = Dictionary(grouping: messages, by: { $0.recipients.first ?? "" })
        #expect(mails.count == 8)
        for copies in mails.values {
            #expect(Set(copies.map { ParsedMessage($0.bytes).fields["message-id"] }).count == 1)
        }
        // Of a body that stalls all may be on the way, as at the end: it too is read when the stall is over.
        #expect(stage == .final || stage == .body || messages.count == 8)
    }

    /// Rounds until nothing waits, an hour apart.
    ///
    /// - Returns: how many deliveries are sent.
    private func sendAll(_ test: TestInstallation) async throws -> Int {
        for _ in 0..<12 {
            _ = try? await test.sender.drain()
            test.clock.advance(by: 3600)
        }
        let states = try await test.installation.database.ledger.backlog()
        #expect(states.keys.allSatisfy { $0 == .sent })
        return states[.sent] ?? 0
    }

    @Test("a greylisting receiver gets each mail at the second try")
    func greylisting() async throws {
        let seen = Mutex(Set<String>())
        var options = SMTPReceiverOptions()
        options.script = { event in
            guard event.stage == .rcpt else { return .proceed }
            return seen.withLock { $0.insert(event.argument).inserted } ? .reply("450 4.2.0 greylisted") : .proceed
        }
        let test = try await TestInstallation.due(readers: 30, receiver: options)
        let first = try await test.sender.drain()
        #expect(first.deferred == 30 && first.sent == 0)
        test.clock.advance(by: 301)
        #expect(try await test.sender.drain().sent == 30)
    }

    @Test("a mailbox that does not exist is never mailed again, and nobody else is blamed")
    func unknownMailbox() async throws {
        var options = SMTPReceiverOptions()
        options.script = { event in
            event.stage == .rcpt && event.argument.hasPrefix("reader2@")
                ? .reply("550 5.1.1 no such user") : .proceed
        }
        let test = try await TestInstallation.due(readers: 5, receiver: options)
        let summary = try await test.sender.drain()
        #expect(summary.sent == 4 && summary.failed == 1)
        #expect(try await test.subscriber("reader2@example.org").state == .bounced)
        #expect(try await test.subscriber("reader1@example.org").state == .active)
        let record = try await test.installation.database.ledger.history(
            of: try await test.subscriber("reader2@example.org").id, limit: 1
        ).first
        #expect(record?.lastReply?.contains("550 5.1.1") == true)
        try await test.store(["More diffusion"], firstID: 50)
        test.clock.advance(by: 24 * 3600)
        #expect(try await Scheduler(test.installation).round() == 4)
    }

    @Test("a relay that refuses everyone by policy is given a rest, and nobody is blamed")
    func policyForAll() async throws {
        let isAngry = Mutex(true)
        var options = SMTPReceiverOptions()
        options.script = { event in
            event.stage == .rcpt && isAngry.withLock { $0 } ? .reply("554 5.7.1 your address is listed") : .proceed
        }
        let test = try await TestInstallation.due(readers: 40, receiver: options)
        await #expect(throws: RelayRefusal.self) { try await test.sender.drain() }
        let states = try await test.installation.database.ledger.backlog()
        #expect(states[.failed] == nil && states[.sent] == nil)
        isAngry.withLock { $0 = false }
        test.clock.advance(by: 3600)
        #expect(try await test.sender.drain().sent == 40)
    }

    @Test("one recipient refused by policy fails alone and stays subscribed")
    func policyForOne() async throws {
        var options = SMTPReceiverOptions()
        options.script = { event in
            event.stage == .rcpt && event.argument.hasPrefix("reader3@") ? .reply("550 5.7.1 no") : .proceed
        }
        let test = try await TestInstallation.due(readers: 8, receiver: options)
        let summary = try await test.sender.drain()
        #expect(summary.sent == 7 && summary.failed == 1)
        #expect(try await test.subscriber("reader3@example.org").state == .active)
    }

    @Test("a relay that allows few connections gets everything over those")
    func fewConnections() async throws {
        let refused = Mutex(0)
        var options = SMTPReceiverOptions()
        options.script = { event in
            guard event.stage == .connect, event.connection > 2 else { return .proceed }
            refused.withLock { $0 += 1 }
            return .replyAndClose("421 4.7.0 too many connections")
        }
        let test = try await TestInstallation.due(
            readers: 60, receiver: options, environment: ["BROADSHEET_SMTP_CONNECTIONS": "6"])
        #expect(try await test.sender.drain().sent == 60)
        #expect(refused.withLock { $0 } > 0)
    }

    @Test("connections are retired after their share of messages")
    func retires() async throws {
        let test = try await TestInstallation.due(
            readers: 40,
            environment: ["BROADSHEET_SMTP_CONNECTIONS": "1", "BROADSHEET_SMTP_MESSAGES_PER_CONNECTION": "10"])
        #expect(try await test.sender.drain().sent == 40)
        #expect(test.receiver.statistics.connections == 4)
    }

    @Test("when one of two relays is away the other takes everything; when both work they share by weight")
    func relays() async throws {
        let other = try await SMTPReceiver.start()
        let free = try await LoopbackPort.free()
        let test = try await TestInstallation.due(
            readers: 40,
            environment: ["BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(free)*3 smtp://127.0.0.1:\(other.port)"])
        #expect(try await test.sender.drain().sent == 40)
        #expect(other.statistics.messages == 40)

        let main = try await SMTPReceiver.start()
        let shared = try await TestInstallation.due(
            readers: 80,
            environment: [
                "BROADSHEET_SMTP_CONNECTIONS": "4",
                "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(main.port)*3 smtp://127.0.0.1:\(other.port)",
            ])
        #expect(try await shared.sender.drain().sent == 80)
        #expect(main.statistics.connections == 3)
        #expect(other.statistics.connections >= 1)
        await other.stop()
        await main.stop()
    }

    @Test("a window of messages holds the rest back for a later round")
    func window() async throws {
        let test = try await TestInstallation.due(
            readers: 20,
            environment: ["BROADSHEET_SMTP_WINDOW_MESSAGES": "8", "BROADSHEET_SMTP_WINDOW_SECONDS": "3600"])
        let sender = try test.sender
        #expect(try await sender.drain().sent == 8)
        test.clock.advance(by: 60)
        #expect(try await sender.drain().sent == 0)
        test.clock.advance(by: 3600)
        #expect(try await sender.drain().sent == 8)
    }

    @Test("a rate is kept in the clock's time")
    func rate() async throws {
        let test = try await TestInstallation.due(readers: 20, environment: ["BROADSHEET_SMTP_RATE": "2"])
        let start = test.clock.now
        #expect(try await test.sender.drain().sent == 20)
        #expect(test.clock.now.timeIntervalSince(start) >= 9.4)
    }
}
