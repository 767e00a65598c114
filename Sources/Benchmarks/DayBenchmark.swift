import Foundation
import Logging
import Loopback
import Mail
import Site
import Store
import Workers

/// A whole day: a feed fetched over HTTP, digests written for every subscriber, and all of them sent over SMTP.
struct DayBenchmark {
    let subscribers: Int
    let papers: Int

    func run() async throws -> [Figure] {
        var times: [String: [Double]] = [:]
        for _ in 0..<Figure.runs {
            for (step, seconds) in try await once() { times[step, default: []].append(seconds) }
        }
        var figures = ["ingest", "schedule", "send", "total"].map {
            Figure(name: "day.\($0)", values: times[$0] ?? [0], unit: "s")
        }
        let rates = (times["send"] ?? []).map { Double(subscribers) / $0 }
        figures.append(Figure(name: "day.send.rate", values: rates, unit: "messages/s"))
        figures.append(Figure(name: "day.size", values: times["size"] ?? [0], unit: "KB/message"))
        figures.append(Figure(name: "day.peak_memory", values: [Machine.peakMemory], unit: "MB"))
        return figures
    }

    private func once() async throws -> [String: Double] {
        let day = SampleDay.json(papers: papers)
        let feed = try await HTTPFileServer.start { .document(day, contentType: "application/json", for: $0) }
        let sink = try await SMTPReceiver.start()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "broadsheet-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let installation = try await installation(in: folder, feed: feed.baseURL, sink: sink.port)
        let morning = try await populate(installation)

        var seconds: [String: Double] = [:]
        let clock = ContinuousClock()
        let start = clock.now
        func lap(_ name: String, since: ContinuousClock.Instant) -> ContinuousClock.Instant {
            let now = clock.now
            seconds[name] = (now - since) / .seconds(1)
            return now
        }
        try await installation.synchroniseFeeds()
        _ = try await FeedRound(installation).run(try await installation.database.feeds.all())
        let ingested = lap("ingest", since: start)
        let later = try await Installation(
            settings: installation.settings, clock: .starting(at: morning), logger: installation.logger)
        let written = try await Scheduler(later, onRequest: true).round()
        let scheduled = lap("schedule", since: ingested)
        let summary = try await Sender(later).drain()
        _ = lap("send", since: scheduled)
        _ = lap("total", since: start)
        let received = await sink.messages()
        guard written == subscribers, summary.sent == subscribers, received.count == subscribers else {
            throw BenchmarkFailure(
                "\(written) written, \(summary.sent) sent, \(received.count) received of \(subscribers)")
        }
        seconds["size"] = Double(received.reduce(0) { $0 + $1.size }) / Double(received.count) / 1000
        await sink.stop()
        await feed.stop()
        return seconds
    }

    private func installation(in folder: URL, feed: String, sink: Int) async throws -> Installation {
        let feeds = folder.appendingPathComponent("feeds.yaml")
        try Data("feeds:\n  - \(feed)/day\n".utf8).write(to: feeds)
        let settings = try await Settings(
            file: nil,
            environment: [
                "BROADSHEET_DATABASE": "sqlite:\(folder.path)/bench.sqlite", "BROADSHEET_FEEDS_FILE": feeds.path,
                "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(sink)", "BROADSHEET_SMTP_TLS": "none",
                "BROADSHEET_WEB_BASE_URL": "https://papers.example.org",
                "BROADSHEET_MAIL_FROM": "Broadsheet <papers@example.org>",
            ])
        var logger = Logger(label: "benchmarks")
        logger.logLevel = .warning
        return try await Installation(settings: settings, logger: logger)
    }

    /// Adds the subscribers, each with one to four of the shipped topics, and gives the morning they are due.
    private func populate(_ installation: Installation) async throws -> Date {
        let slugs = installation.topics.all.map(\.slug)
        let service = SubscriptionService(installation)
        for number in 0..<subscribers {
            let topics = (0...(number % 4)).map { slugs[(number + $0 * 7) % slugs.count] }
            // A filter that everything matches, so that everybody is due a mail.
            let interests = Interests(topics: Array(Set(topics)).sorted(), filters: ["invented"])
            _ = try await service.add(
                try Address("reader\(number)@example.org"), interests: interests, source: "benchmark")
        }
        return service.defaultSchedule.next(after: installation.clock.now)
    }
}
