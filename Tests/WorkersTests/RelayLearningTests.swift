import Foundation
import Loopback
import Store
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Workers

@Suite("A sender learns what a relay can take", .timeLimit(.minutes(2)))
struct RelayLearningTests {
    private static let readers = 40
    /// The connections that a sender opens where nothing else is set.
    private static let connections = 4

    /// A sender that does not take a busy machine for a relay that swallows what is sent ahead.
    private func patientSender(_ test: TestInstallation) throws -> Sender {
        var patience = SMTPPatience()
        patience.final = .seconds(90)
        patience.behind = .seconds(90)
        patience.envelope = .seconds(90)
        return try Sender(test.installation, chance: { 0 }, relayPatience: patience)
    }

    private func doubles(_ test: TestInstallation) async -> Int {
        let messages = await test.receiver.messages()
        return messages.count - Set(messages.flatMap(\.recipients)).count
    }

    /// Rounds of one sender until nothing waits.
    private func sendAll(_ test: TestInstallation, with sender: Sender) async throws {
        for _ in 0..<8 {
            _ = try await sender.drain()
            if try await test.installation.database.ledger.backlog().keys.allSatisfy({ $0 == .sent }) { return }
            test.clock.advance(by: 3600)
        }
    }

    /// Everybody is due once more.
    private func another(_ test: TestInstallation, firstID: Int = 100) async throws {
        try await test.store(["Diffusion once more"], firstID: firstID)
        test.clock.advance(by: 24 * 3600)
        #expect(try await Scheduler(test.installation).round() == Self.readers)
    }

    private func known(_ test: TestInstallation) async throws -> [RelayStore.Relay] {
        try await test.installation.database.relays.all(at: test.clock.now)
    }

    @Test(
        "a relay that closes before its reply when a recipient follows costs one double, and none in the next process")
    func closesEarly() async throws {
        var options = SMTPReceiverOptions()
        options.script = { $0.stage == .final ? .dropBefore("RCPT", milliseconds: 20) : .proceed }
        let test = try await TestInstallation.due(readers: Self.readers, receiver: options)
        try await sendAll(test, with: try patientSender(test))
        #expect(try await test.installation.database.ledger.backlog() == [.sent: Self.readers])
        #expect(await doubles(test) <= 1)
        let known = try await known(test)
        #expect(known.map(\.pipelining) == ["envelope"])
        #expect(known.first?.sentences.first?.contains("closes the connection") == true)
        // The next process knows.
        let before = await test.receiver.messages().count
        try await another(test)
        try await sendAll(test, with: try Sender(test.installation))
        #expect(await test.receiver.messages().count == before + Self.readers)
    }

    @Test("a relay that swallows what follows an end is found in one round, with nothing doubled or deferred")
    func swallows() async throws {
        var options = SMTPReceiverOptions()
        options.script = { $0.stage == .final ? .swallow(milliseconds: 20) : .proceed }
        let test = try await TestInstallation.due(readers: Self.readers, receiver: options)
        let summary = try await test.sender.drain()
        #expect(summary.sent == Self.readers)
        #expect(await test.receiver.messages().count == Self.readers)
        #expect(try await known(test).map(\.pipelining) == ["envelope"])
    }

    @Test("what is forgotten of a relay is found out anew by the sender that runs, and by the next")
    func forgotten() async throws {
        let swallows = Mutex(true)
        var options = SMTPReceiverOptions()
        options.script = { event in
            event.stage == .final && swallows.withLock { $0 } ? .swallow(milliseconds: 20) : .proceed
        }
        let test = try await TestInstallation.due(readers: Self.readers, receiver: options)
        let sender = try Sender(test.installation)
        try await sendAll(test, with: sender)
        #expect(try await known(test).map(\.pipelining) == ["envelope"])
        // It is mended, and names itself as before.
        swallows.withLock { $0 = false }
        try await another(test)
        try await sendAll(test, with: sender)
        #expect(try await known(test).map(\.pipelining) == ["envelope"])
        #expect(try await test.installation.database.relays.forget(nil) == 1)
        try await another(test, firstID: 200)
        try await sendAll(test, with: sender)
        #expect(try await known(test).map(\.pipelining) == ["full"])
        #expect(await test.receiver.messages().count == 3 * Self.readers)
        #expect(try await test.installation.database.relays.forget(nil) == 1)
        try await another(test, firstID: 300)
        try await sendAll(test, with: try Sender(test.installation))
        #expect(try await known(test).map(\.pipelining) == ["full"])
    }

    @Test("a relay that takes all it offers is known after one round, and what is set by hand is not learnt")
    func good() async throws {
        let test = try await TestInstallation.due(readers: Self.readers)
        #expect(try await patientSender(test).drain().sent == Self.readers)
        #expect(try await known(test).map(\.pipelining) == ["full"])
        for choice in ["full", "envelope", "off"] {
            let test = try await TestInstallation.due(
                readers: Self.readers, environment: ["BROADSHEET_SMTP_PIPELINING": choice])
            #expect(try await test.sender.drain().sent == Self.readers)
            #expect(try await known(test).isEmpty)
        }
    }

    @Test(
        "a relay that takes so many messages of a connection gets the others over new ones, and nobody is deferred",
        arguments: ["452 4.5.3 Too many messages sent", "421 too many messages in this connection"],
        [SMTPStage.mail, .rcpt, .data, .final])
    func limits(_ reply: String, at stage: SMTPStage) async throws {
        for limit in [1, 7] {
            let isRefused = Mutex(0)
            var options = SMTPReceiverOptions()
            options.script = { event in
                guard event.stage == stage, event.messages >= limit else { return .proceed }
                isRefused.withLock { $0 += 1 }
                return .reply(reply)
            }
            let test = try await TestInstallation.due(readers: Self.readers, receiver: options)
            let summary = try await patientSender(test).drain()
            #expect(summary.sent == Self.readers && summary.deferred == 0)
            #expect(await test.receiver.messages().count == Self.readers)
            #expect(try await known(test).compactMap(\.messageLimit) == [limit])
            // From then on each connection ends before it is told to.
            let before = isRefused.withLock { $0 }
            #expect(before > 0)
            try await another(test)
            #expect(try await patientSender(test).drain().sent == Self.readers)
            #expect(isRefused.withLock { $0 } == before)
        }
    }

    @Test("a relay that says so of every connection's first message defers it, and the round ends")
    func refusesAtOnce() async throws {
        var options = SMTPReceiverOptions()
        options.script = { $0.stage == .mail ? .reply("452 4.5.3 Too many messages sent") : .proceed }
        let test = try await TestInstallation.due(readers: 8, receiver: options)
        _ = try? await test.sender.drain()
        let states = try await test.installation.database.ledger.backlog()
        #expect(states[.sent] == nil && states[.failed] == nil)
        #expect(try await known(test).compactMap(\.messageLimit).isEmpty)
        #expect(test.receiver.statistics.connections <= 2 * Self.connections)
    }

    @Test("doctor says which relay waits and why, how many messages it takes, and what is set by hand")
    func doctor() async throws {
        let test = try await TestInstallation()
        let settings = test.installation.settings
        let address = "smtp://localhost:\(test.receiver.port)"
        let relay = RelayStore.Relay(
            address: address, identity: "a", pipelining: "envelope", reason: "it swallows commands",
            pipeliningAt: test.clock.now, messageLimit: 100)
        let findings = await ServerCheck(settings: settings, now: test.clock.now, relays: [relay]).run()
        #expect(findings.map(\.found).contains { $0.contains("one message at a time: it swallows commands") })
        #expect(findings.map(\.found).contains { $0.contains("takes 100 messages of a connection") })
        let byHand = try await TestInstallation(environment: ["BROADSHEET_SMTP_PIPELINING": "off"])
        let told = await ServerCheck(settings: byHand.installation.settings, now: test.clock.now).run()
        #expect(told.map(\.found).contains { $0.contains("set in the settings: off") })
    }
}
