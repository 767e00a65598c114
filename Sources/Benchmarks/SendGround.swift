import Foundation
import Logging
import Loopback
import Mail
import Site
import Store
import Workers

/// An installation whose subscribers are all due a digest; each run sends them anew.
final class SendGround {
    struct Run {
        let rate: Double
        /// Of this process, user and system.
        let cpuMicroseconds: Double
        /// MB, the most while sending.
        let peakMemory: Double
    }

    let folder: URL
    let morning: Date
    private let subscribers: Int
    private let database: String
    private(set) var kilobytes = 0.0
    /// Seconds that the list of subscribers took to be taken over.
    private(set) var importing = 0.0
    /// Seconds that the writing of everybody's digest took.
    private(set) var scheduling = 0.0

    /// - Parameters:
    ///   - filters: how many different ones the subscribers read by.
    ///   - likes: how many papers each fifth subscriber likes.
    ///   - database: the address of an empty one; nil for a SQLite file.
    init(subscribers: Int, filters: Int, papers: Int, likes: Int = 0, database: String? = nil) async throws {
        self.subscribers = subscribers
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.database = database ?? "sqlite:\(folder.path)/bench.sqlite"
        for (name, algorithm) in [("rsa", DKIMKey.Algorithm.rsa), ("ed25519", .ed25519)] {
            let key = try DKIMKey.generate(algorithm)
            try Data(key.pem.utf8).write(to: folder.appendingPathComponent("\(name).pem"))
        }
        let settings = try await Self.settings(folder, database: self.database)
        let installation = try await Self.installation(settings)
        let day = SampleDay.json(papers: papers)
        let feed = try await HTTPFileServer.start { .document(day, contentType: "application/json", for: $0) }
        let feeds = folder.appendingPathComponent("feeds.yaml")
        try Data("feeds:\n  - \(feed.baseURL)/day\n".utf8).write(to: feeds)
        try await installation.synchroniseFeeds()
        _ = try await FeedRound(installation).run(try await installation.database.feeds.all())
        await feed.stop()
        let clock = ContinuousClock()
        var start = clock.now
        try await Self.subscribe(subscribers, filters: filters, installation, in: folder)
        importing = start.duration(to: clock.now) / .seconds(1)
        if likes > 0 { try await Self.like(likes, installation) }
        morning = SubscriptionService(installation).defaultSchedule.next(after: installation.clock.now)
        let later = try await Self.installation(settings, at: morning)
        start = clock.now
        let written = try await Scheduler(later, onRequest: true).round()
        scheduling = start.duration(to: clock.now) / .seconds(1)
        guard written == subscribers else { throw BenchmarkFailure("\(written) digests of \(subscribers)") }
    }

    private static func like(_ count: Int, _ installation: Installation) async throws {
        let (database, now) = (installation.database, installation.clock.now)
        let papers = try await database.papers.newest(limit: 1000)
        var last: Int64 = 0
        while case let page = try await database.subscribers.list(after: last, limit: 1000), let end = page.last {
            for (index, subscriber) in page.enumerated() where index % 5 == 0 {
                for like in 0..<count {
                    let paper = papers[(index * 7 + like * 13) % papers.count]
                    let mark = Mark(paperSeq: paper.seq, isLiked: true, at: now)
                    _ = try await database.marks.set(mark, of: subscriber.id)
                }
            }
            last = end.id
        }
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Sends to everybody, or to the first few.
    ///
    /// - Parameter port: of a sink; without one, a light one is run.
    func send(
        _ signing: SendBenchmark.Signing, connections: Int, port: Int? = nil, only count: Int? = nil
    ) async throws -> Run {
        let count = count ?? subscribers
        try rewind(count)
        let sink = port == nil ? try SinkProcess() : nil
        defer { sink?.stop() }
        let settings = try await Self.settings(
            folder, database: database, signing, connections: connections, port: port ?? sink?.port ?? 25)
        let installation = try await Self.installation(settings, at: morning)
        let sender = try Sender(installation)
        if kilobytes == 0 { kilobytes = try await size(installation) }
        Machine.forgetPeakMemory()
        let cpu = Self.cpu
        let clock = ContinuousClock()
        let start = clock.now
        let summary = try await sender.drain()
        let seconds = start.duration(to: clock.now) / .seconds(1)
        let used = Self.cpu - cpu
        guard summary.sent == count else { throw BenchmarkFailure("\(summary.sent) sent of \(count)") }
        return Run(
            rate: Double(count) / seconds, cpuMicroseconds: used / Double(count) * 1e6,
            peakMemory: Machine.peakMemory)
    }

    /// Sends to everybody by a mail server, in rounds until nothing waits. Time stands still, so that the mails are the same
    /// each time.
    ///
    /// - Parameter url: of the server, with its user and password.
    /// - Returns: the rounds that were needed, and the seconds they took.
    func sendAll(to url: String, connections: Int) async throws -> (rounds: Int, seconds: Double) {
        var settings = try await Self.settings(folder, database: database, connections: connections)
        settings.smtpURL = url
        let morning = morning
        let installation = try await Installation(
            settings: settings, clock: SiteClock({ morning }), logger: Logger(label: "benchmarks"))
        let sender = try Sender(installation)
        var seconds = 0.0
        for round in 1...Self.mostRounds {
            let start = ContinuousClock.now
            do {
                _ = try await sender.drain()
            } catch {
                print("# round \(round): \(error)")
            }
            seconds += start.duration(to: .now) / .seconds(1)
            let states = try await installation.database.ledger.backlog()
            let isLeft = states.contains { [.pending, .deferred, .sending].contains($0.key) && $0.value > 0 }
            if !isLeft { return (round, seconds) }
            try change("UPDATE deliveries SET next_attempt_at=0 WHERE state='deferred'")
        }
        return (Self.mostRounds, seconds)
    }

    private static let mostRounds = 8

    /// Changes the SQLite file behind everybody's back.
    func change(_ statement: String) throws {
        let script = """
            import sqlite3
            db = sqlite3.connect("\(folder.path)/bench.sqlite")
            db.execute(\"\"\"\(statement)\"\"\")
            db.commit()
            """
        _ = try Peer.run("/usr/bin/env", ["python3", "-c", script])
    }

    /// Claims everybody's digest, in batches as a sender does.
    ///
    /// - Returns: the seconds that took.
    func claimAll(batch: Int) async throws -> Double {
        let settings = try await Self.settings(folder, database: database)
        let installation = try await Self.installation(settings, at: morning)
        let ledger = installation.database.ledger
        let clock = ContinuousClock()
        let start = clock.now
        let later = morning.addingTimeInterval(3600)
        var claimed = 0
        while case let rows = try await ledger.claim(limit: batch, by: "benchmark", at: later, lease: 86_400).count,
            rows > 0
        {
            claimed += rows
        }
        guard claimed == subscribers else { throw BenchmarkFailure("\(claimed) claimed of \(subscribers)") }
        return start.duration(to: clock.now) / .seconds(1)
    }

    private func size(_ installation: Installation) async throws -> Double {
        let first = try await installation.database.subscribers.list(limit: 20)
        var bytes = 0
        for subscriber in first {
            bytes += try await DigestPreview(installation).digest(for: subscriber)?.message.count ?? 0
        }
        return Double(bytes) / Double(max(1, first.count)) / 1000
    }

    /// Makes deliveries unsent again; the others wait for another year.
    func rewind(_ count: Int) throws {
        let script = """
            import sqlite3
            db = sqlite3.connect("\(folder.path)/bench.sqlite")
            db.execute("UPDATE deliveries SET state='failed'")
            db.execute("UPDATE deliveries SET state='pending', attempts=0, claimed_by=NULL, next_attempt_at=0 \
            WHERE id IN (SELECT id FROM deliveries ORDER BY id LIMIT \(count))")
            db.commit()
            """
        _ = try Peer.run("/usr/bin/env", ["python3", "-c", script])
    }

    /// Seconds of user and system time of this process.
    private static var cpu: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func settings(
        _ folder: URL, database: String, _ signing: SendBenchmark.Signing = .unsigned, connections: Int = 1,
        port: Int = 1
    ) async throws -> Settings {
        var environment = [
            "BROADSHEET_DATABASE": database,
            "BROADSHEET_FEEDS_FILE": "\(folder.path)/feeds.yaml",
            "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(port)", "BROADSHEET_SMTP_TLS": "none",
            "BROADSHEET_SMTP_CONNECTIONS": "\(connections)", "BROADSHEET_SITE_INSTANCE": "benchmark",
            "BROADSHEET_WEB_BASE_URL": "https://papers.example.org",
            "BROADSHEET_MAIL_FROM": "Broadsheet <papers@example.org>",
        ]
        if signing != .unsigned {
            environment["BROADSHEET_DKIM_DOMAIN"] = "example.org"
            environment["BROADSHEET_DKIM_RSA_KEY_FILE"] = "\(folder.path)/rsa.pem"
        }
        if signing == .both { environment["BROADSHEET_DKIM_ED25519_KEY_FILE"] = "\(folder.path)/ed25519.pem" }
        return try await Settings(file: nil, environment: environment)
    }

    private static func installation(_ settings: Settings, at start: Date? = nil) async throws -> Installation {
        var logger = Logger(label: "benchmarks")
        logger.logLevel = .warning
        return try await Installation(
            settings: settings, clock: start.map { .starting(at: $0) } ?? .system, logger: logger)
    }

    /// Imports the subscribers, each with one of the filters, which find about a sixth of the papers each.
    private static func subscribe(
        _ count: Int, filters: Int, _ installation: Installation, in folder: URL
    ) async throws {
        let words = SampleDay.words
        let filters = (0..<filters).map { filter in
            let other = words[(filter / words.count + 7) % words.count]
            return "title:\(words[filter % words.count]) OR \(other) -nobody\(filter)"
        }
        let list = folder.appendingPathComponent("list.csv")
        try Data("email,state,filters,max_papers\n".utf8).write(to: list)
        let handle = try FileHandle(forWritingTo: list)
        try handle.seekToEnd()
        for start in stride(from: 0, to: count, by: 10_000) {
            let lines = (start..<min(count, start + 10_000)).map {
                "reader\($0)@example.org,active,\(filters[$0 % filters.count]),9\n"
            }
            handle.write(Data(lines.joined().utf8))
        }
        try handle.close()
        let report = try await SubscriberImport(installation, policy: SubscriberStore.ImportPolicy(source: "benchmark"))
            .run(file: list, refuse: { _ in }, progress: { _ in })
        guard report.added == count else {
            throw BenchmarkFailure("\(report.added) of \(count) subscribers were taken")
        }
    }
}
