import Foundation
import Loopback

/// Several machines' worth of the program on one PostgreSQL: three senders, one for pages and one for feeds. Senders are
/// killed at random moments, and the database restarts twice: nobody may miss a mail, who gets one twice gets the same, and
/// the senders share the work.
struct FleetBenchmark {
    let subscribers: Int
    private static let senders = 3
    private static let fewestKills = 8

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
        var received: [[ReceivedMessage]] = []
        for sink in sinks {
            received.append(await sink.messages())
            await sink.stop()
        }
        let doubles = try FleetDoubles(received, events: fleet.events)
        guard doubles.recipients == subscribers else {
            throw BenchmarkFailure("\(doubles.recipients) of \(subscribers) got their mail")
        }
        return figures(fleet, doubles, seconds)
    }

    private func figures(_ fleet: Fleet, _ doubles: FleetDoubles, _ seconds: Double) -> [Figure] {
        [
            Figure(name: "fleet.lost", values: [0], unit: "mails of \(subscribers), in \(Int(seconds)) s"),
            Figure(name: "fleet.kills", values: [Double(fleet.kills)], unit: "senders, PostgreSQL restarted twice"),
            Figure(
                name: "fleet.doubles.kill", values: doubles.ofKills,
                unit: "mails after the kill of a sender, each with its first Message-ID"),
            Figure(
                name: "fleet.doubles.age", values: [doubles.oldest * 1000],
                unit: "ms from the first of two mails to the kill, at most"),
            Figure(
                name: "fleet.doubles.restart", values: doubles.ofRestarts,
                unit: "mails after a restart of PostgreSQL, each with its first Message-ID"),
            Figure(
                name: "fleet.spread", values: [fleet.spread],
                unit: "the most over the least of what living senders sent in \(fleet.windows) times of 2 s"),
        ]
    }

    private struct Fleet {
        var events: [FleetEvent] = []
        /// What each sent while all lived and enough waited for all, and in how many stretches of time.
        var shares: [Int]
        var windows = 0

        var kills: Int { events.count { $0.cause == .kill } }
        var restarts: Int { events.count { $0.cause == .restart } }
        var spread: Double { Double(shares.max() ?? 0) / Double(max(1, shares.min() ?? 0)) }
    }

    /// Until nothing waits.
    private func drive(
        _ ground: SendGround, _ postgres: PrivatePostgres, _ address: String, _ sinks: [SMTPReceiver]
    ) async throws -> Fleet {
        var fleet = Fleet(shares: Array(repeating: 0, count: Self.senders))
        var processes = try sinks.map { try ground.serve("send", database: address, port: $0.port) }
        defer { for process in processes { kill(process.processIdentifier, SIGKILL) } }
        let deadline = ContinuousClock.now + .seconds(900)
        while try waiting(postgres) > 0, ContinuousClock.now < deadline {
            try await watch(sinks, postgres, &fleet)
            let sent = counts(sinks).reduce(0, +)
            if fleet.restarts < 2, sent > subscribers * (fleet.restarts + 1) / 3 {
                let began = Date()
                try postgres.restart()
                fleet.events.append(FleetEvent(.restart, of: Array(sinks.indices), from: began))
            } else {
                let victim = Int.random(in: 0..<Self.senders)
                let began = Date()
                kill(processes[victim].processIdentifier, SIGKILL)
                processes[victim].waitUntilExit()
                // What it had written, and the sink has still to read.
                try await Task.sleep(for: .milliseconds(100))
                fleet.events.append(FleetEvent(.kill, of: [victim], from: began))
                processes[victim] = try ground.serve("send", database: address, port: sinks[victim].port)
            }
        }
        while try unsent(postgres) > 0 {
            guard ContinuousClock.now < deadline else { throw BenchmarkFailure("not all is sent after 15 minutes") }
            try await Task.sleep(for: .milliseconds(200))
        }
        guard fleet.restarts == 2, fleet.kills >= Self.fewestKills else {
            throw BenchmarkFailure("only \(fleet.restarts) restarts and \(fleet.kills) kills before all was sent")
        }
        return fleet
    }

    /// Waits until each sender has sent something, and then sees what each sends meanwhile; not where the end is near.
    private func watch(_ sinks: [SMTPReceiver], _ postgres: PrivatePostgres, _ fleet: inout Fleet) async throws {
        let before = counts(sinks)
        let patience = ContinuousClock.now + .seconds(30)
        while zip(before, counts(sinks)).contains(where: { $0 >= $1 }) {
            guard ContinuousClock.now < patience, try waiting(postgres) > 0 else { return }
            try await Task.sleep(for: .milliseconds(200))
        }
        let begun = counts(sinks)
        try await Task.sleep(for: .seconds(2))
        let now = counts(sinks)
        if try waiting(postgres) > 0 {
            for sender in sinks.indices { fleet.shares[sender] += now[sender] - begun[sender] }
            fleet.windows += 1
        }
        // Not always at the same moment of a sender's life.
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...500)))
    }

    private func counts(_ sinks: [SMTPReceiver]) -> [Int] { sinks.map(\.statistics.messages) }

    private func unsent(_ postgres: PrivatePostgres) throws -> Int { try count("state <> 'sent'", postgres) }

    /// What no sender has claimed yet.
    private func waiting(_ postgres: PrivatePostgres) throws -> Int { try count("state = 'pending'", postgres) }

    private func count(_ condition: String, _ postgres: PrivatePostgres) throws -> Int {
        let text = (try? postgres.query("fleet", "SELECT count(*) FROM deliveries WHERE \(condition)")) ?? "1"
        return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 1
    }
}

extension SendGround {
    /// The real program in one role, as on a machine of its own.
    ///
    /// - Parameters:
    ///   - port: of the mail server.
    ///   - webPort: of the pages; 0 for any.
    ///   - log: takes what it writes to standard error.
    func serve(
        _ role: String, database: String, port: Int, webPort: Int = 0, log: FileHandle = .nullDevice
    ) throws -> Process {
        try program(
            ["serve", "--roles", role],
            [
                "BROADSHEET_DATABASE": database, "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(port)",
                "BROADSHEET_SMTP_CONNECTIONS": "4", "BROADSHEET_WEB_PORT": "\(webPort)",
                "BROADSHEET_FEEDS_FILE": "\(folder.path)/feeds.yaml",
            ], log: log)
    }
}
