import Foundation
import Loopback

/// A morning's mails from two senders whose database stands on three PostgreSQL servers under Patroni and behind HAProxy, and
/// whose primary is handed over, killed or frozen in the middle of it: nobody may miss a mail, who gets one twice gets the
/// same, and nothing may stay behind.
///
/// `Benchmarks switchover FOLDER [asynchronous|synchronous] [switch|kill|freeze]`, as root and from the repository's folder:
/// what the servers need is put into FOLDER by `Tests/switchover prepare FOLDER`.
struct SwitchoverBenchmark {
    private let folder: String
    private let replications: [PatroniCluster.Replication]
    private let events: [PatroniCluster.Event]
    private let subscribers: Int

    private static let senders = 2
    private static let database = "morning"
    /// What a sender may have handed over and not recorded yet: a mail for each of its connections, a transaction that is
    /// under way, and the results that wait for the next, of each of which there are 64.
    private static let mostInFlight = 4 + 2 * 64
    private static let patience: Duration = .seconds(300)

    /// - Throws: ``BenchmarkFailure`` without a folder.
    init(arguments: [String], isQuick: Bool) throws {
        guard let folder = arguments.first else {
            throw BenchmarkFailure("name the folder that `\(PatroniCluster.script) prepare FOLDER` has filled")
        }
        self.folder = URL(fileURLWithPath: folder).path
        let words = arguments.dropFirst()
        let replications = words.compactMap(PatroniCluster.Replication.init)
        let events = words.compactMap(PatroniCluster.Event.init)
        guard replications.count + events.count == words.count else {
            throw BenchmarkFailure("one of these words is not known: \(words.joined(separator: ", "))")
        }
        self.replications = replications.isEmpty ? PatroniCluster.Replication.allCases : replications
        self.events = events.isEmpty ? PatroniCluster.Event.allCases : events
        subscribers = isQuick ? 2000 : 5000
    }

    /// Prints a row of a table for each run, and what the program said below it.
    ///
    /// - Throws: ``BenchmarkFailure`` where a mail was lost, came twice as different mails or too often, or is stuck.
    func run() async throws {
        print(
            "| replication | primary | other primary after s | longest pause s | all sent after s | lost | doubles",
            "| other Message-ID | stuck rows | `/readyz` not 200, s |")
        print("|---|---|---|---|---|---|---|---|---|---|")
        var failures: [String] = []
        for replication in replications {
            for event in events {
                let morning = try await morning(replication, event)
                print(morning.row(replication, event, of: subscribers))
                for line in morning.log { print("# \(line)") }
                let excess = morning.doubles - Self.senders * Self.mostInFlight
                if morning.recipients < subscribers || morning.stuck > 0 || morning.differing > 0 || excess > 0 {
                    failures.append("\(replication) \(event.rawValue)")
                }
            }
        }
        print(Machine.description(runs: 1))
        guard failures.isEmpty else { throw BenchmarkFailure("see above: \(failures.joined(separator: ", "))") }
    }

    private func morning(
        _ replication: PatroniCluster.Replication, _ event: PatroniCluster.Event
    ) async throws -> SwitchoverMorning {
        let cluster = try await PatroniCluster(folder: folder, replication)
        defer { cluster.stop() }
        _ = try cluster.query("postgres", "CREATE DATABASE \(Self.database)")
        let address = cluster.address(Self.database)
        let ground = try await SendGround(subscribers: subscribers, filters: 500, papers: 12, database: address)
        defer { ground.remove() }
        // The program goes by the real clock.
        _ = try cluster.query(
            Self.database, "UPDATE deliveries SET next_attempt_at = 0, expires_at = expires_at + 864000000")
        var sinks: [SMTPReceiver] = []
        // Each of a sender's own, some way off, so that the morning has a middle.
        var options = SMTPReceiverOptions()
        options.latencyMilliseconds = 40
        for _ in 0..<Self.senders { sinks.append(try await SMTPReceiver.start(options: options)) }
        let webPort = try await LoopbackPort.free()
        var logs: [String] = []
        var processes: [Process] = []
        defer { for process in processes { kill(process.processIdentifier, SIGKILL) } }
        for (index, role) in (["web"] + sinks.map { _ in "send" }).enumerated() {
            let log = "\(ground.folder.path)/\(role)\(index).log"
            _ = FileManager.default.createFile(atPath: log, contents: nil)
            logs.append(log)
            processes.append(
                try ground.serve(
                    role, database: address, port: sinks[max(0, index - 1)].port,
                    webPort: role == "web" ? webPort : 0, log: FileHandle(forWritingAtPath: log) ?? .nullDevice))
        }
        let readiness = ReadinessWatch(port: webPort)
        defer { readiness.stop() }
        try await middle(sinks, readiness)
        let struck = Date()
        try cluster.strike(event)
        var morning = SwitchoverMorning(struck: struck, replaced: Date())
        morning.stuck = try await rest(cluster)
        for sink in sinks {
            morning.received.append(await sink.messages())
            await sink.stop()
        }
        morning.unready = readiness.unready(since: struck)
        for (log, role) in zip(logs, ["pages", "sender 1", "sender 2"]) { try morning.read(log, of: role) }
        return morning
    }

    /// Until a third is sent.
    private func middle(_ sinks: [SMTPReceiver], _ readiness: ReadinessWatch) async throws {
        let deadline = ContinuousClock.now + Self.patience
        while sinks.reduce(0, { $0 + $1.statistics.messages }) < subscribers / 3 || !readiness.wasReady {
            guard ContinuousClock.now < deadline else { throw BenchmarkFailure("the senders do not send") }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Until all is sent and recorded, or nothing more is to be hoped for.
    ///
    /// - Returns: the rows that are left.
    private func rest(_ cluster: PatroniCluster) async throws -> Int {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            let count = try? cluster.query(Self.database, "SELECT count(*) FROM deliveries WHERE state <> 'sent'")
            let left = count.flatMap { Int($0) }
            if left == 0 { return 0 }
            guard ContinuousClock.now < deadline else { return left ?? subscribers }
            try await Task.sleep(for: .milliseconds(500))
        }
    }
}
