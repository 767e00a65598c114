import ArgumentParser
import Core
import Foundation
import Papers
import ServiceLifecycle
import Store
import Workers

struct IngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Fetch the feeds and store their papers.",
        discussion:
            """
            With --once every feed is asked now, whether due or not, but for one whose server asked for patience; a broken \
            one is reported and stops no other. With --since the days since then are asked of those feeds whose past days \
            can be had (Hugging Face, arXiv, bioRxiv, medRxiv, and what the feeds file names an archive for). What is of a day \
            that is over is shown on that day's page and is mailed to no reader.
            """)
    @Flag(name: .long, help: "One round, for cron; otherwise fetch whenever a feed is due, until stopped.") var once =
        false
    @Option(name: .long, help: "Only the feed of this number (see `feeds list`).") var feed: Int64?
    @Option(name: .long, help: "Ask for the papers of the days since this one: 2026-11-01.") var since: Day?
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let installation = try await common.installation(quiet: once || since != nil)
        try await installation.synchroniseFeeds()
        guard once || feed != nil || since != nil else {
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
        if let since { return try await Self.catchUp(installation, feeds, since: since.date) }
        let reports = try await FeedRound(installation).run(feeds)
        let failures = reports.compactMap(Self.report)
        for failure in failures { Output.complain("broadsheet: \(failure)") }
        if !failures.isEmpty { throw ExitCode.failure }
    }

    private static func catchUp(_ installation: Installation, _ feeds: [StoredFeed], since: Date) async throws {
        guard since <= installation.clock.now else { throw CommandFailure("--since names a day that is still to come") }
        let dated = feeds.filter(Backfill.hasArchive)
        guard !dated.isEmpty else {
            throw CommandFailure(
                "of no feed the past days can be asked for: name an address with {date} as `archive:` in the feeds file"
            )
        }
        let work = Backfill(installation)
        var hasFailed = false
        for feed in dated {
            let bar = ProgressLine(feed.title ?? feed.url)
            let report = try await work.run(feed, since: since) { bar.show($0) }
            bar.clear()
            Output.line("\(feed.url): \(report.counts.new) new, \(report.counts.changed) changed")
            if let problem = report.problem {
                hasFailed = true
                Output.complain("broadsheet: feed \(feed.id) \(problem)")
            }
        }
        if hasFailed { throw ExitCode.failure }
    }

    /// Prints what came of a feed; returns the sentence of a failure.
    private static func report(_ report: FetchReport) -> String? {
        for note in report.notes { Output.complain("feed \(report.feed.id) \(report.feed.url): \(note)") }
        switch report.outcome {
        case .stored(let counts, let parsed):
            Output.line(
                "\(report.feed.url): \(counted(parsed.entries.count, "entry", plural: "entries")), \(counts.new) new, \(counts.changed) changed"
                    + (parsed.dropped.isEmpty ? "" : ", \(parsed.dropped.count) left out"))
            for sentence in FetchReport.told(parsed.dropped) { Output.complain("  left out: \(sentence)") }
            return nil
        case .unchanged:
            Output.line("\(report.feed.url): not modified")
            return nil
        case .putOff(let until):
            Output.line("\(report.feed.url): not asked before \(Output.time(until)), as its server wishes")
            return nil
        case .failed(let problem): return "feed \(report.feed.id) \(problem)"
        }
    }
}

/// A day as ISO 8601 writes it, `2026-11-23`: its first moment in UTC.
struct Day: ExpressibleByArgument {
    let date: Date

    init?(argument: String) {
        guard let date = try? Date.ISO8601FormatStyle().year().month().day().parse(argument), argument.count == 10
        else {
            return nil
        }
        self.date = date
    }
}
