import Core
import Foundation
import Loopback
import Synchronization
import Testing

@testable import Transport

@Suite("SMTP connections", .timeLimit(.minutes(10)))
struct SMTPConnectionTests {
    static let text = "From: a@example.org\r\nSubject: x\r\n\r\nline\r\n.dot\r\n..two\r\n.\r\nend\r\n"

    static func message(_ recipient: String = "r@example.org", _ text: String = text) -> OutgoingMessage {
        OutgoingMessage(sender: "s@example.org", recipient: recipient, bytes: Array(text.utf8))
    }

    /// A receiver, a connection to it in clear, and the end of both.
    func withConnection(
        _ options: SMTPReceiverOptions = SMTPReceiverOptions(), _ change: (inout SMTPServer) -> Void = { _ in },
        _ work: (SMTPReceiver, SMTPConnection) async throws -> Void
    ) async throws {
        let receiver = try await SMTPReceiver.start(options: options)
        var server = try SMTPServer(url: "smtp://127.0.0.1:\(receiver.port)", tls: .none)
        change(&server)
        let connection = try await SMTPConnection.open(server)
        try await work(receiver, connection)
        await connection.close()
        await receiver.stop()
    }

    @Test("messages arrive as they were, over one connection", arguments: [true, false])
    func delivers(pipelining: Bool) async throws {
        var options = SMTPReceiverOptions()
        if !pipelining { options.extensions.removeAll { $0 == "PIPELINING" } }
        try await withConnection(options) { receiver, connection in
            #expect(connection.capabilities.pipelining == pipelining)
            for number in 1...5 {
                let outcome = await connection.send(Self.message("r\(number)@example.org"))
                #expect(outcome.isAccepted)
            }
            let messages = await receiver.messages()
            #expect(messages.map(\.text) == Array(repeating: Self.text, count: 5))
            #expect(messages.flatMap(\.recipients) == (1...5).map { "r\($0)@example.org" })
            #expect(Set(messages.map(\.sender)) == ["s@example.org"])
            #expect(receiver.statistics.connections == 1)
        }
    }

    @Test("a connection told to close says goodbye after the messages that were promised to it", arguments: [0, 1])
    func closesAfterPromised(forgone: Int) async throws {
        try await withConnection { receiver, connection in
            // The driver hears of the end first.
            async let closed: Void = withCheckedContinuation { continuation in
                connection.close(after: 2 + forgone, continuation)
                for _ in 0..<forgone { connection.forgo() }
            }
            for _ in 1...2 { #expect(await connection.send(Self.message()).isAccepted) }
            await closed
            #expect(!connection.isOpen)
            #expect(await receiver.messages().count == 2)
        }
    }

    @Test("messages given together are pipelined: about one wait for each")
    func pipelines() async throws {
        // The first is answered when all have been handed over.
        let gate = Gate(50)
        var options = SMTPReceiverOptions()
        options.script = { event in
            if event.stage == .mail, event.messages == 0 { gate.wait() }
            return .proceed
        }
        try await withConnection(options) { receiver, connection in
            await withTaskGroup(of: Bool.self) { group in
                for number in 1...50 {
                    group.addTask {
                        await withCheckedContinuation { waiting in
                            connection.hand(Self.message("r\(number)@example.org"), to: waiting)
                            gate.arrive()
                        }.isAccepted
                    }
                }
                for await accepted in group { #expect(accepted) }
            }
            #expect(receiver.statistics.messages == 50)
            // Banner, EHLO, the first envelope, then one a message.
            #expect(receiver.statistics.answers <= 54)
        }
    }

    @Test("a large message crosses in many writes")
    func large() async throws {
        let text = String(repeating: String(repeating: "x", count: 70) + "\r\n", count: 100_000)
        try await withConnection { receiver, connection in
            let outcome = await connection.send(Self.message("r@example.org", text))
            #expect(outcome.isAccepted)
            #expect(await receiver.messages().first?.bytes == Array(text.utf8))
        }
    }

    @Test(
        "a refusal or deferral at each stage is told with its stage, and the next message goes through",
        arguments: [
            (Loopback.SMTPStage.mail, "550 5.7.1 no", "refused 550 mail"),
            (.mail, "451 4.7.1 later", "deferred 451 mail"),
            (.rcpt, "550 5.1.1 unknown", "refused 550 rcpt"), (.rcpt, "450 4.2.0 greylisted", "deferred 450 rcpt"),
            (.data, "554 5.5.1 no", "refused 554 data"), (.data, "452 4.3.1 full", "deferred 452 data"),
            (.final, "550 5.7.1 spam", "refused 550 final"), (.final, "451 4.3.0 try again", "deferred 451 final"),
        ])
    func refusals(stage: SMTPStage, reply: String, expected: String) async throws {
        for pipelining in [true, false] {
            var options = SMTPReceiverOptions()
            if !pipelining { options.extensions.removeAll { $0 == "PIPELINING" } }
            let once = Once()
            options.script = { $0.stage == stage && once.isFirst() ? .reply(reply) : .proceed }
            try await withConnection(options) { receiver, connection in
                let first = await connection.send(Self.message("first@example.org"))
                #expect(SMTPConversationTests.Play.name(first) == expected)
                let second = await connection.send(Self.message("second@example.org"))
                #expect(second.isAccepted)
                #expect(await receiver.messages().flatMap(\.recipients) == ["second@example.org"])
            }
        }
    }

    @Test(
        "a dropped connection says whether the message can have arrived",
        arguments: [
            (Loopback.SMTPStage.mail, "failed"), (.rcpt, "failed"), (.data, "failed"), (.body, "lost or failed"),
            (.final, "lost"),
        ])
    func drops(stage: SMTPStage, expected: String) async throws {
        var options = SMTPReceiverOptions()
        options.script = { $0.stage == stage ? .drop : .proceed }
        try await withConnection(options) { _, connection in
            let outcome = SMTPConversationTests.Play.name(await connection.send(Self.message()))
            #expect(expected.contains(outcome), "\(outcome)")
            let next = await connection.send(Self.message())
            #expect(SMTPConversationTests.Play.name(next) == "failed")
            #expect(!connection.isOpen)
        }
    }

    @Test("421 at the end of a message defers it and closes")
    func shutdown() async throws {
        var options = SMTPReceiverOptions()
        options.script = { $0.stage == .final ? .replyAndClose("421 4.3.2 shutting down") : .proceed }
        try await withConnection(options) { _, connection in
            let outcome = await connection.send(Self.message())
            #expect(SMTPConversationTests.Play.name(outcome) == "deferred 421 final")
            #expect(!connection.isOpen)
        }
    }

    @Test("a server that does not answer is given up after the time allowed")
    func stalls() async throws {
        var options = SMTPReceiverOptions()
        options.script = { $0.stage == .final ? .delay(milliseconds: 3_600_000) : .proceed }
        try await withConnection(options, { $0.finalResponseTimeout = .milliseconds(200) }) { _, connection in
            guard case .lost(let error) = await connection.send(Self.message()) else {
                Issue.record("not lost")
                return
            }
            #expect(error.kind == .timedOut)
        }
    }

    @Test("a connection the server closes while idle is noticed")
    func idleClose() async throws {
        let receiver = try await SMTPReceiver.start()
        let server = try SMTPServer(url: "smtp://127.0.0.1:\(receiver.port)", tls: .none)
        let connection = try await SMTPConnection.open(server)
        #expect(await connection.send(Self.message()).isAccepted)
        await receiver.stop()
        guard case .failed = await connection.send(Self.message()) else {
            Issue.record("not failed")
            return
        }
        #expect(!connection.isOpen)
        await connection.close()
    }

    @Test("many connections share one thread")
    func manyConnections() async throws {
        let receiver = try await SMTPReceiver.start()
        let server = try SMTPServer(url: "smtp://127.0.0.1:\(receiver.port)", tls: .none)
        let driver = SMTPDriver()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...20 {
                group.addTask {
                    let connection = try await SMTPConnection.open(server, driver: driver)
                    var accepted = 0
                    for message in 1...20 {
                        if await connection.send(Self.message("r\(number).\(message)@example.org")).isAccepted {
                            accepted += 1
                        }
                    }
                    await connection.close()
                    return accepted
                }
            }
            for try await accepted in group { #expect(accepted == 20) }
        }
        #expect(Set(await receiver.messages().flatMap(\.recipients)).count == 400)
        #expect(receiver.statistics.connections == 20)
        await receiver.stop()
    }

    @Test("connecting can be cancelled while a server keeps silent")
    func cancelledOpening() async throws {
        var options = SMTPReceiverOptions()
        let isSilent = Mutex(false)
        options.script = { event in
            guard event.stage == .connect else { return .proceed }
            isSilent.withLock { $0 = true }
            return .delay(milliseconds: 3_600_000)
        }
        let receiver = try await SMTPReceiver.start(options: options)
        let server = try SMTPServer(url: "smtp://127.0.0.1:\(receiver.port)", tls: .none)
        let task = Task { try await SMTPConnection.open(server) }
        await Awaiting.until { isSilent.withLock(\.self) }
        task.cancel()
        let error = await #expect(throws: TransportError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        await receiver.stop()
    }

    @Test("a closed connection leaves neither thread nor descriptor behind")
    func leavesNothing() async throws {
        // A process of its own: the other tests' threads and descriptors come and go meanwhile.
        await #expect(processExitsWith: .success) {
            let receiver = try await SMTPReceiver.start()
            let server = try SMTPServer(url: "smtp://127.0.0.1:\(receiver.port)", tls: .none)
            func count(_ folder: String) -> Int {
                (try? FileManager.default.contentsOfDirectory(atPath: folder).count) ?? 0
            }
            func use(_ times: Int) async throws {
                for _ in 1...times {
                    let connection = try await SMTPConnection.open(server)
                    #expect(await connection.send(SMTPConnectionTests.message()).isAccepted)
                    await connection.close()
                }
            }
            // What the first uses start stays for all.
            try await use(10)
            let descriptors = count("/proc/self/fd")
            let threads = count("/proc/self/task")
            try await use(100)
            await Awaiting.until {
                count("/proc/self/fd") <= descriptors + 10 && count("/proc/self/task") <= threads + 10
            }
            #expect(count("/proc/self/fd") <= descriptors + 10)
            #expect(count("/proc/self/task") <= threads + 10)
        }
    }

    @Test("an open that the server turns away says what it said", arguments: [Loopback.SMTPStage.connect, .ehlo])
    func turnedAway(stage: SMTPStage) async throws {
        var options = SMTPReceiverOptions()
        options.script = { $0.stage == stage ? .reply("554 5.7.1 not you") : .proceed }
        let receiver = try await SMTPReceiver.start(options: options)
        let server = try SMTPServer(url: "smtp://127.0.0.1:\(receiver.port)", tls: .none)
        let error = await #expect(throws: TransportError.self) { try await SMTPConnection.open(server) }
        #expect(error?.kind == .refusedByServer)
        #expect(error?.stage == (stage == .connect ? .banner : .ehlo))
        #expect(error?.description.contains("not you") == true)
        #expect(error?.reply?.code == 554)
        await receiver.stop()
    }
}

/// Holds up a thread until so many have come.
private final class Gate: Sendable {
    private let missing: Atomic<Int>
    private let open = DispatchSemaphore(value: 0)

    init(_ count: Int) { missing = Atomic(count) }

    func arrive() { if missing.subtract(1, ordering: .relaxed).newValue == 0 { open.signal() } }
    func wait() { open.wait() }
}

/// True once.
final class Once: Sendable {
    private let used = StopFlag()

    func isFirst() -> Bool {
        defer { used.set() }
        return !used.isSet
    }
}
