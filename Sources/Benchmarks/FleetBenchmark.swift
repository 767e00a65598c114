import Foundation
import Loopback
import Mail

/// Several machines' worth of the program on one PostgreSQL: three senders, one for pages and one for feeds. Senders are
/// killed at random moments, and the database restarts twice: nobody may miss a mail, who gets one twice gets the same, and
/// the senders share the work.
struct FleetBenchmark {
    let subscribers: Int
    private static let senders = 3

    /// What has come so far.
    private struct Count {
        var bySender: [Int]
        var doubles: Int
    }

    func run() async throws -> [Figure] {
        let postgres = try PrivatePostgres()
        defer { postgres.stop() }
        let address = try postgres.database("fleet")
        let ground = try await SendGround(subscribers: subscribers, filters: 500, papers: 12, database: address)
        defer { ground.remove() }
        // The program goes by the real clock.
        _ = try postgres.query(
            "fleet", "UPDATE deliveries SET next_attempt_at = 0, expires_at = expires_at + 864000000")
        var sinks: [SMTPReceiver] = []
        // Each of a sender's own, some way off, so that the work takes a while.
        var options = SMTPReceiverOptions()
        options.latencyMilliseconds = 20
        for _ in 0..<Self.senders { sinks.append(try await SMTPReceiver.start(options: options)) }
        let others = try ["web", "ingest"].map { try ground.serve($0, database: address, port: sinks[0].port) }
        defer { for process in others { kill(process.processIdentifier, SIGKILL) } }
        let start = ContinuousClock.now
        let fleet = try await drive(ground, postgres, address, sinks)
        let seconds = start.duration(to: .now) / .seconds(1)
        guard others.allSatisfy(\.isRunning) else { throw BenchmarkFailure("the pages or the feeds' worker ended") }
        let received = try await count(sinks)
        let recipients = try await recipients(sinks)
        for sink in sinks { await sink.stop() }
        guard recipients == subscribers else {
            throw BenchmarkFailure("\(recipients) of \(subscribers) got their mail")
        }
        return [
            Figure(name: "fleet.lost", values: [0], unit: "mails of \(subscribers), in \(Int(seconds)) s"),
            Figure(name: "fleet.kills", values: [Double(fleet.kills)], unit: "senders, PostgreSQL restarted twice"),
            Figure(
                name: "fleet.doubles", values: [Double(received.doubles)], unit: "mails, each with its first Message-ID"
            ),
            Figure(name: "fleet.doubles.most", values: [Double(fleet.mostDoubles)], unit: "mails after one kill"),
            Figure(
                name: "fleet.spread", values: [fleet.spread],
                unit: "the most over the least of what living senders sent, none of them killed meanwhile"),
        ]
    }

    private struct Fleet {
        var kills = 0
        var mostDoubles = 0
        /// What each sent while all lived.
        var shares: [Int] = []

        var spread: Double { Double(shares.max() ?? 0) / Double(max(1, shares.min() ?? 0)) }
    }

    /// Until nothing waits.
    private func drive(
        _ ground: SendGround, _ postgres: PrivatePostgres, _ address: String, _ sinks: [SMTPReceiver]
    ) async throws -> Fleet {
        var fleet = Fleet(shares: Array(repeating: 0, count: Self.senders))
        var processes = try sinks.map { try ground.serve("send", database: address, port: $0.port) }
        defer { for process in processes { kill(process.processIdentifier, SIGKILL) } }
        var restarts = 0
        var before = try await count(sinks)
        let deadline = ContinuousClock.now + .seconds(900)
        while try unsent(postgres) > 0 {
            guard ContinuousClock.now < deadline else { throw BenchmarkFailure("not all is sent after 15 minutes") }
            // All live: what each sends meanwhile is compared.
            try await Task.sleep(for: .seconds(1))
            let begun = try await count(sinks)
            try await Task.sleep(for: .milliseconds(Int.random(in: 300...1500)))
            let now = try await count(sinks)
            for sender in sinks.indices { fleet.shares[sender] += now.bySender[sender] - begun.bySender[sender] }
            fleet.mostDoubles = max(fleet.mostDoubles, now.doubles - before.doubles)
            before = now
            let sent = now.bySender.reduce(0, +)
            if restarts < 2, sent > subscribers * (restarts + 1) / 3 {
                try postgres.restart()
                restarts += 1
                continue
            }
            let victim = Int.random(in: 0..<Self.senders)
            kill(processes[victim].processIdentifier, SIGKILL)
            processes[victim].waitUntilExit()
            processes[victim] = try ground.serve("send", database: address, port: sinks[victim].port)
            fleet.kills += 1
        }
        guard restarts == 2 else { throw BenchmarkFailure("PostgreSQL was restarted only \(restarts) times") }
        return fleet
    }

    private func unsent(_ postgres: PrivatePostgres) throws -> Int {
        let text = (try? postgres.query("fleet", "SELECT count(*) FROM deliveries WHERE state <> 'sent'")) ?? "1"
        return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 1
    }

    private func recipients(_ sinks: [SMTPReceiver]) async throws -> Int {
        var all: Set<String> = []
        for sink in sinks { all.formUnion(await sink.messages().flatMap(\.recipients)) }
        return all.count
    }

    /// - Throws: ``BenchmarkFailure`` where a second mail is not the first again.
    private func count(_ sinks: [SMTPReceiver]) async throws -> Count {
        var ids: [String: String] = [:]
        var bySender: [Int] = []
        for sink in sinks {
            let messages = await sink.messages()
            bySender.append(messages.count)
            for message in messages {
                let id = ParsedMessage(message.bytes.prefix(4000)).fields["message-id"] ?? ""
                let recipient = message.recipients.joined()
                if let first = ids[recipient], first != id {
                    throw BenchmarkFailure("\(recipient) got \(first) and \(id)")
                }
                ids[recipient] = id
            }
        }
        return Count(bySender: bySender, doubles: bySender.reduce(0, +) - ids.count)
    }
}

extension SendGround {
    /// The real program in one role, as on a machine of its own.
    func serve(_ role: String, database: String, port: Int) throws -> Process {
        let process = Process()
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.executableURL = own.deletingLastPathComponent().appendingPathComponent("broadsheet")
        process.arguments = ["serve", "--roles", role]
        process.environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
            "BROADSHEET_DATABASE": database, "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(port)",
            "BROADSHEET_SMTP_TLS": "none", "BROADSHEET_SMTP_CONNECTIONS": "4", "BROADSHEET_WEB_PORT": "0",
            "BROADSHEET_FEEDS_FILE": "\(folder.path)/feeds.yaml", "BROADSHEET_SITE_INSTANCE": "benchmark",
            "BROADSHEET_WEB_BASE_URL": "https://papers.example.org",
            "BROADSHEET_MAIL_FROM": "Broadsheet <papers@example.org>",
        ]
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard FileManager.default.isExecutableFile(atPath: process.executableURL?.path ?? "") else {
            throw BenchmarkFailure("build the product broadsheet first, in the same mode and with PostgreSQL")
        }
        try process.runUnmasked()
        return process
    }
}
