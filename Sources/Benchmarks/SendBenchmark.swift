import Foundation
import Logging
import Loopback
import Mail
import Site
import Store
import Workers

/// Personalised digests handed to a light sink on the same cores, beside what others reach.
struct SendBenchmark {
    let subscribers: Int
    let manySubscribers: Int
    private static let filters = 500
    private static let papers = 100
    private static let connections = 10

    enum Signing: String, CaseIterable { case unsigned, signed, both }

    func run() async throws -> [Figure] {
        let ground = try await SendGround(subscribers: subscribers, filters: Self.filters, papers: Self.papers)
        defer { ground.remove() }
        var figures: [Figure] = []
        var rates: [Signing: [Double]] = [:]
        var cpu: [Signing: [Double]] = [:]
        var memory: [Double] = []
        let signatures = Self.signatures(.rsa)
        let edwards = Self.signatures(.ed25519)
        for _ in 0..<Figure.runs {
            for signing in Signing.allCases {
                let run = try await ground.send(signing, connections: Self.connections)
                rates[signing, default: []].append(run.rate)
                cpu[signing, default: []].append(run.cpuMicroseconds)
                memory.append(run.peakMemory)
            }
        }
        func values(_ signing: Signing) -> [Double] { rates[signing] ?? [] }
        let bothLimit = 1 / (1 / signatures + 1 / edwards)
        figures += [
            Figure(name: "send.size", values: [ground.kilobytes], unit: "KB/message"),
            Figure(name: "send.unsigned", values: values(.unsigned), unit: "messages/s"),
            Figure(name: "send.signed", values: values(.signed), unit: "messages/s"),
            Figure(name: "send.signed.both", values: values(.both), unit: "messages/s"),
            Figure(
                name: "send.signed.rsa_share", values: values(.signed).map { $0 / signatures },
                unit: "of what two cores sign (\(Int(signatures))/s)"),
            Figure(
                name: "send.signed.both_share", values: values(.both).map { $0 / bothLimit },
                unit: "of what two cores sign with both (\(Int(bothLimit))/s)"),
            Figure(name: "send.unsigned.cpu", values: cpu[.unsigned] ?? [], unit: "µs/message"),
            Figure(name: "send.signed.cpu", values: cpu[.signed] ?? [], unit: "µs/message"),
            Figure(name: "send.signature.cpu", values: [2e6 / signatures], unit: "µs"),
        ]
        figures += try await distant(ground)
        figures += peers(bytes: Int(ground.kilobytes * 1000))
        figures.append(Figure(name: "send.peak_memory", values: memory, unit: "MB"))
        figures += try await many()
        return figures
    }

    /// 20 ms away, and how many round trips a message takes.
    private func distant(_ ground: SendGround) async throws -> [Figure] {
        var options = SMTPReceiverOptions()
        options.keepsBodies = false
        options.latencyMilliseconds = 20
        let sink = try await SMTPReceiver.start(options: options)
        let count = min(2000, subscribers)
        let run = try await ground.send(
            .unsigned, connections: Self.connections, port: sink.port, only: count)
        let statistics = sink.statistics
        await sink.stop()
        // Greeting, EHLO and QUIT of each connection apart.
        let handshakes = statistics.connections * 3
        return [
            Figure(name: "send.20ms", values: [run.rate], unit: "messages/s"),
            Figure(
                name: "send.round_trips", values: [Double(statistics.answers - handshakes) / Double(count)],
                unit: "a message, counted at the sink"),
        ]
    }

    /// The same for many more subscribers: memory must not grow with them.
    private func many() async throws -> [Figure] {
        let ground = try await SendGround(subscribers: manySubscribers, filters: Self.filters, papers: Self.papers)
        defer { ground.remove() }
        let run = try await ground.send(.unsigned, connections: Self.connections)
        return [
            Figure(name: "send.many", values: [run.rate], unit: "messages/s for \(manySubscribers) subscribers"),
            Figure(name: "send.many.peak_memory", values: [run.peakMemory], unit: "MB"),
        ]
    }

    /// What all cores can sign in a second, by `openssl speed`.
    private static func signatures(_ algorithm: DKIMKey.Algorithm) -> Double {
        let name = algorithm == .rsa ? "rsa2048" : "ed25519"
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let output = (try? Peer.run("/usr/bin/openssl", ["speed", "-seconds", "3", "-multi", "\(cores)", name])) ?? ""
        let line = output.split(separator: "\n").last { $0.contains("bits") } ?? ""
        let numbers = line.split(separator: " ").compactMap { Double($0) }
        return numbers.count >= 2 ? numbers[numbers.count - 2] : 0
    }

    /// Postfix's own source, and curl's upload over one connection each.
    private func peers(bytes: Int) -> [Figure] {
        guard let sink = try? SinkProcess() else { return [] }
        defer { sink.stop() }
        var figures: [Figure] = []
        let count = subscribers
        let clock = ContinuousClock()
        let source = clock.measure {
            _ = try? Peer.run(
                "/usr/sbin/smtp-source",
                ["-s", "\(Self.connections)", "-d", "-m", "\(count)", "-l", "\(bytes)", "127.0.0.1:\(sink.port)"])
        }
        figures.append(
            Figure(name: "send.smtp_source", values: [Double(count) / (source / .seconds(1))], unit: "messages/s"))
        let folder = FileManager.default.temporaryDirectory
        let message = folder.appendingPathComponent("broadsheet-\(UUID().uuidString).eml")
        let config = folder.appendingPathComponent("broadsheet-\(UUID().uuidString).curl")
        defer { for file in [message, config] { try? FileManager.default.removeItem(at: file) } }
        let line = String(repeating: "x", count: 70) + "\r\n"
        try? Data(("Subject: one\r\n\r\n" + String(repeating: line, count: bytes / 72)).utf8).write(to: message)
        let uploads = 1000
        let step = """
            url = "smtp://127.0.0.1:\(sink.port)"
            mail-from = "a@example.org"
            mail-rcpt = "b@example.org"
            upload-file = "\(message.path)"
            silent

            """
        try? Data(Array(repeating: step, count: uploads).joined(separator: "next\n").utf8).write(to: config)
        let upload = clock.measure { _ = try? Peer.run("/usr/bin/curl", ["-K", config.path]) }
        figures.append(
            Figure(
                name: "send.curl", values: [Double(uploads) / (upload / .seconds(1))],
                unit: "messages/s over one connection"))
        return figures
    }
}
