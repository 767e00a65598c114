import ArgumentParser
import Foundation
import ServiceLifecycle
import Workers

struct IngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Fetch the feeds and store their papers.",
        discussion:
            "With --once every feed is asked now, whether due or not; a broken one is reported and stops no other.")
    @Flag(name: .long, help: "One round, for cron; otherwise fetch whenever a feed is due, until stopped.") var once =
        false
    @Option(name: .long, help: "Only the feed of this number (see `feeds list`).") var feed: Int64?
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let installation = try await common.installation(quiet: once)
        try await installation.synchroniseFeeds()
        guard once || feed != nil else {
            return try await ServiceGroup(
                services: [IngestWorker(installation)], gracefulShutdownSignals: [.sigterm, .sigint],
                logger: installation.logger
            ).run()
        }
        var feeds = try await installation.database.feeds.all().filter(\.isEnabled)
        if let feed {
            feeds = feeds.filter { $0.id == feed }
            guard !feeds.isEmpty else {
                throw CommandFailure("there is no feed \(feed); `broadsheet feeds list` shows all")
            }
        }
        let reports = try await FeedRound(installation).run(feeds)
        let failures = reports.compactMap(Self.report)
        for failure in failures { Output.complain("broadsheet: \(failure)") }
        if !failures.isEmpty { throw ExitCode.failure }
    }

    /// Prints what came of a feed; returns the sentence of a failure.
    private static func report(_ report: FetchReport) -> String? {
        switch report.outcome {
        case .stored(let counts, let parsed):
            Output.line(
                "\(report.feed.url): \(parsed.entries.count) entries, \(counts.new) new, \(counts.changed) changed"
                    + (parsed.dropped.isEmpty ? "" : ", \(parsed.dropped.count) left out"))
            for dropped in parsed.dropped { Output.complain("  left out: \(dropped)") }
            return nil
        case .unchanged:
            Output.line("\(report.feed.url): not modified")
            return nil
        case .failed(let problem): return "feed \(report.feed.id) \(problem)"
        }
    }
}
