import ArgumentParser
import Foundation
import Store
import Workers

struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Show how the last days went: readers, why some left, papers, mails, bounces, feeds.",
        discussion: """
            Days are those of UTC, the last one is today so far. Mails are counted from the version on that brought this \
            command; a mail that was deferred twice counts twice there.
            """)
    @Option(name: .long, help: "How many days to show.") var days = 7
    @OptionGroup var output: FormatOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...366).contains(days) else { throw ValidationError("--days must be a number from 1 to 366") }
    }

    func run() async throws {
        let installation = try await common.installation(needs: .records.readOnly)
        let report = try await StatsReport(installation, days: days)
        if output.format == .json { return try report.printJSON() }
        report.print(BarChart(environment: ProcessInfo.processInfo.environment))
    }
}

/// The last days of an installation.
private struct StatsReport {
    let subscribers: [SubscriberState: Int]
    let days: [StatsDay]
    let feeds: [StoredFeed]
    /// Why people left in these days: how often each reason was given, and the newest in their own words.
    let reasons: [String: Int]
    let words: [LeavingReason]
    let now: Date

    /// The most of them that are printed.
    private static let mostWords = 20

    init(_ installation: Installation, days count: Int) async throws {
        now = installation.clock.now
        let database = installation.database
        subscribers = try await database.subscribers.counts()
        feeds = try await database.feeds.all()
        let today = StatisticsStore.day(of: now)
        let first = today - Int64(count) + 1
        let counted = try await database.statistics.days(since: first)
        let start = Date(timeIntervalSince1970: Double(first) * 86_400)
        reasons = try await database.subscribers.reasonCounts(since: start)
        words = try await database.subscribers.reasons(since: start).filter { !$0.words.isEmpty }
        days = (first...today).map { StatsDay($0, counted[$0] ?? [:]) }
    }

    func printJSON() throws {
        try Output.json(["subscribers": Dictionary(subscribers.map { ($0.rawValue, $1) }, uniquingKeysWith: +)])
        for day in days { try Output.json(["day": day]) }
        try Output.json(["leaving": Dictionary(reasonRows.map { ($0.choice, $0.count) }, uniquingKeysWith: +)])
        for reason in words {
            try Output.json(["left": ["choice": reason.choice, "words": reason.words, "at": Output.time(reason.at)]])
        }
        for feed in feeds { try Output.json(["feed": FeedJSON(feed, at: now)]) }
    }

    func print(_ chart: BarChart) {
        Output.line("Subscribers")
        let most = subscribers.values.max() ?? 0
        for state in SubscriberState.allCases {
            let count = subscribers[state] ?? 0
            row(state.rawValue, count, chart.bar(count, of: most))
        }
        charts(chart)
        Output.line("")
        Output.table(
            ["DAY", "NEW", "LEFT", "PAPERS", "SENT", "DEFERRED", "FAILED", "BOUNCES", "COMPLAINTS"],
            days.map { day in
                [day.day]
                    + [
                        day.joined, day.left, day.papers, day.sent, day.deferred, day.failed, day.bounces,
                        day.complaints,
                    ].map(String.init)
            })
        printReasons(chart)
        Output.line("")
        Output.table(
            ["FEED", "LAST HAD", "ADDRESS"],
            feeds.map { [$0.state(at: now), Output.time($0.fetchedAt), $0.url] })
    }

    /// The most frequent first.
    private var reasonRows: [(choice: String, count: Int)] {
        reasons.map { (LeavingReason.label($0.key), $0.value) }
            .sorted { ($1.count, $0.choice) < ($0.count, $1.choice) }
    }

    private func printReasons(_ chart: BarChart) {
        guard !reasons.isEmpty else { return }
        Output.line("\nWhy readers left")
        let most = reasons.values.max() ?? 0
        for (choice, count) in reasonRows { row(choice, count, chart.bar(count, of: most)) }
        for reason in words.prefix(Self.mostWords) {
            Output.line(
                "  \(Output.time(reason.at)) \(reason.choice.isEmpty ? "" : "\(reason.choice): ")\(reason.words)")
        }
    }

    private func charts(_ chart: BarChart) {
        let series: [(String, (StatsDay) -> Int)] = [("Papers", \.papers), ("Mails sent", \.sent)]
        for (title, value) in series {
            Output.line("\n\(title)")
            let most = days.map(value).max() ?? 0
            for day in days { row(day.day, value(day), chart.bar(value(day), of: most)) }
        }
    }

    private func row(_ name: String, _ count: Int, _ bar: String) {
        let number = String(count)
        let padding = String(repeating: " ", count: max(0, 9 - number.count))
        Output.line("  \(name.padding(toLength: 14, withPad: " ", startingAt: 0))\(padding)\(number)  \(bar)")
    }
}

/// One day, as it is printed.
private struct StatsDay: Encodable {
    /// `2026-11-25`
    let day: String
    /// Who confirmed, came back, or was added by the operator.
    let joined: Int
    /// Who unsubscribed or was removed.
    let left: Int
    let papers: Int
    let sent: Int
    let deferred: Int
    let failed: Int
    let bounces: Int
    let complaints: Int

    init(_ number: Int64, _ counts: [String: Int]) {
        day = String(Date(timeIntervalSince1970: Double(number) * 86_400).formatted(.iso8601).prefix(10))
        func sum(_ names: [String]) -> Int { names.reduce(0) { $0 + (counts[$1] ?? 0) } }
        joined = sum(["event confirmed", "event returned", "event added", "event imported", "event reactivated"])
        left = sum(["event unsubscribed", "event removed"])
        papers = sum(["papers"])
        sent = sum(["mail sent"])
        deferred = sum(["mail deferred"])
        failed = sum(["mail failed"])
        complaints = sum(["bounce complaint"])
        bounces = counts.filter { $0.key.hasPrefix("bounce ") }.values.reduce(0, +) - complaints
    }

    enum CodingKeys: String, CodingKey {
        case day, left, papers, sent, deferred, failed, bounces, complaints
        case joined = "new"
    }
}
