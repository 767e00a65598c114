import Foundation
import Loopback

/// Digests handed to real mail servers, which hand them on to a sink: how many arrive, how often, whether as they were, and
/// how many flights a message takes.
///
/// `Benchmarks relays FOLDER [NAME…]`, as root and from the repository's folder: what the servers need is put into FOLDER by
/// `Tests/relays prepare FOLDER`, which names them. Each is met three times: by a sender that does not know it, by the next
/// process, and, where it can be told to, with 20 messages a connection.
struct RelaysBenchmark {
    private let folder: String
    private let names: [String]

    private static let script = "Tests/relays"
    private static let digests = 200
    private static let connections = 4
    private static let share = 20
    /// Those that can be told how many messages a connection may bring.
    private static let limited: Set<String> = ["exim", "opensmtpd", "qpsmtpd", "aiosmtpd"]
    /// Those that hand on what the server behind them says of a connection.
    private static let passing: Set<String> = ["clamsmtp", "dovecot"]

    /// - Throws: ``BenchmarkFailure`` without a folder.
    init(arguments: [String]) throws {
        guard let folder = arguments.first else {
            throw BenchmarkFailure("name the folder that `\(Self.script) prepare FOLDER` has filled")
        }
        self.folder = URL(fileURLWithPath: folder).path
        names = Array(arguments.dropFirst())
    }

    func run() async throws {
        let known = try Peer.run(Self.script, ["names"]).split(whereSeparator: \.isWhitespace).map(String.init)
        let ground = try await SendGround(subscribers: Self.digests, filters: 20, papers: 35)
        defer { ground.remove() }
        let originals = try await originals(ground)
        print("| relay | arrived | doubles | lost | byte-exact | flights a message | seconds | rounds |")
        print("|---|---|---|---|---|---|---|---|")
        for name in names.isEmpty ? known : names {
            do {
                try ground.change("DELETE FROM relays")
                try await meet(name, share: 0, times: ["first", "again"], ground, originals)
                guard Self.limited.contains(name) || Self.passing.contains(name) else { continue }
                try ground.change("DELETE FROM relays")
                try await meet(name, share: Self.share, times: ["\(Self.share) a connection"], ground, originals)
            } catch {
                print("# \(name): \(error)")
            }
        }
        print(Machine.description(runs: 1))
    }

    /// What is sent, by recipient.
    private func originals(_ ground: SendGround) async throws -> [String: [UInt8]] {
        let sink = try await SMTPReceiver.start()
        try ground.rewind(Self.digests)
        _ = try await ground.sendAll(to: "smtp://127.0.0.1:\(sink.port)", connections: 1)
        let messages = await sink.messages()
        await sink.stop()
        return Dictionary(
            messages.map { ($0.recipients.first ?? "", $0.bytes) }, uniquingKeysWith: { first, _ in first })
    }

    private func meet(
        _ name: String, share: Int, times: [String], _ ground: SendGround, _ originals: [String: [UInt8]]
    ) async throws {
        var options = SMTPReceiverOptions()
        if share > 0, Self.passing.contains(name) {
            options.script = { event in
                event.stage == .mail && event.messages >= share
                    ? .reply("452 4.5.3 Too many messages in this connection") : .proceed
            }
        }
        let sink = try await SMTPReceiver.start(options: options)
        let relay = try await RelayProcess(
            script: Self.script, name: name, folder: folder, sink: sink.port, share: share)
        let counter = try FlightCounter(to: relay.port)
        var before = 0
        for time in times {
            try ground.rewind(Self.digests)
            let flights = counter.flights
            let login = name == "dovecot" ? "me:secret@" : ""
            let (rounds, seconds) = try await ground.sendAll(
                to: "smtp://\(login)127.0.0.1:\(counter.port)", connections: Self.connections)
            let used = Double(counter.flights - flights) / Double(Self.digests)
            let all = await arrived(at: sink, after: before)
            before += all.count
            let recipients = Set(all.flatMap(\.recipients))
            let exact = all.filter { message in
                originals[message.recipients.first ?? ""].map { Self.holds(message.bytes, $0) } ?? false
            }
            print(
                "| \(name), \(time) | \(recipients.count) | \(all.count - recipients.count)",
                "| \(Self.digests - recipients.count) | \(exact.count) | \(String(format: "%.2f", used))",
                "| \(String(format: "%.1f", seconds)) | \(rounds) |")
            for message in all.prefix(1) where exact.isEmpty {
                print("# \(name): \(Self.difference(originals[message.recipients.first ?? ""] ?? [], message.bytes))")
            }
        }
        counter.stop()
        relay.stop()
        await sink.stop()
    }

    /// Whether a mail arrived with each byte of it: fields may be added before, between and behind its own, as the trace of
    /// a relay and the mark of a virus scanner are.
    private static func holds(_ arrived: [UInt8], _ sent: [UInt8]) -> Bool {
        let end = Array("\r\n\r\n".utf8)
        let parts = [sent, arrived].map { $0.split(separator: end, maxSplits: 1, omittingEmptySubsequences: false) }
        guard parts.allSatisfy({ $0.count == 2 }), parts[0][1] == parts[1][1] else { return false }
        let fields = parts.map { $0[0].split(separator: Array("\r\n".utf8)) }
        var own = fields[0][...]
        for line in fields[1] where line == own.first { own.removeFirst() }
        return own.isEmpty
    }

    /// The first line of a mail that did not arrive as it was.
    private static func difference(_ sent: [UInt8], _ arrived: [UInt8]) -> String {
        let lines = [sent, arrived].map { String(decoding: $0, as: UTF8.self).components(separatedBy: "\r\n") }
        let known = Set(lines[1])
        guard let changed = lines[0].first(where: { !known.contains($0) }) else { return "no line of it was changed" }
        return "arrived without the line “\(changed.prefix(100))”"
    }

    /// What came since the first so many messages; what a server does not hand on within ``Awaiting/limit`` is lost.
    private func arrived(at sink: SMTPReceiver, after count: Int) async -> [ReceivedMessage] {
        await sink.waitForMessages(count + Self.digests)
        // Doubles come as late as the last.
        try? await Task.sleep(for: .seconds(3))
        return Array(await sink.messages().dropFirst(count))
    }
}

/// A mail server in a process group of its own.
private final class RelayProcess {
    let port: Int
    private let process = Process()

    /// - Throws: ``BenchmarkFailure`` when it does not listen within a while.
    init(script: String, name: String, folder: String, sink: Int, share: Int) async throws {
        port = try await LoopbackPort.free()
        process.executableURL = URL(fileURLWithPath: script)
        process.arguments = ["run", name, folder, "\(port)", "\(sink)", "\(share)"]
        let log = "\(folder)/\(name).log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.standardOutput = FileHandle(forWritingAtPath: log)
        process.standardError = process.standardOutput
        try process.runUnmasked()
        for _ in 0..<200 {
            if Socket.open(to: port).map({ close($0) }) != nil { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        stop()
        throw BenchmarkFailure("it does not listen; \(log) may say why")
    }

    func stop() {
        // All that it has started end with it: they have a process namespace of their own.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
