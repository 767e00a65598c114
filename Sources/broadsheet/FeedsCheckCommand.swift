import ArgumentParser
import Core
import Feeds
import Foundation
import Papers
import Workers

struct FeedsCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read a feed or a file and report what it says, without storing anything.",
        discussion: """
            Shows the format, the encoding and its source, the entries and their dates, what was repaired, what was left \
            out and why, and when the server wants to be asked again.
            """)
    @Argument(help: "An address or a file.") var source: String
    @Flag(name: .long, help: "Allow an address on this machine or in a private network.") var `private` = false
    @OptionGroup var output: FormatOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let fetched = try await FeedSource.read(source, private: `private`, common: common)
        if output.format == .json {
            for line in FeedReport.lines(fetched.feed) { Output.line(line) }
            return
        }
        let interval = try await common.settings().feedsInterval
        for line in FeedExplanation(fetched, interval: interval).lines { Output.line(line) }
        for entry in fetched.feed.entries {
            let authors = entry.authors.prefix(3).map(\.name).joined(separator: ", ")
            Output.line("- " + (entry.status.map { "[\($0.rawValue)] " } ?? "") + entry.title)
            Output.line("    \(entry.id)  \(Output.time(entry.published ?? entry.updated))  \(authors)")
        }
    }
}

/// What `feeds check` tells a person about a feed, before its entries.
struct FeedExplanation {
    private let feed: ParsedFeed
    private let fetched: FetchedFeed
    /// Seconds from one fetch to the next.
    private let interval: TimeInterval

    init(_ fetched: FetchedFeed, interval: TimeInterval) {
        feed = fetched.feed
        self.fetched = fetched
        self.interval = interval
    }

    var lines: [String] {
        var lines = [feed.title ?? "(no title)"]
        lines.append("  format:     \(feed.kind.rawValue)")
        lines.append(
            "  charset:    \(feed.charset), by \(Self.reason[feed.charsetSource] ?? "its \(feed.charsetSource)")")
        lines.append("  entries:    \(entries)")
        if let dates { lines.append("  dates:      \(dates)") }
        if let kinds { lines.append("  announced:  \(kinds)") }
        for repair in feed.repairs { lines.append("  repaired:   \(repair)") }
        for dropped in feed.dropped { lines.append("  left out:   \(dropped)") }
        for deleted in feed.deleted { lines.append("  withdrawn:  \(deleted)") }
        if let response = fetched.response {
            for redirect in response.redirects {
                let kind = redirect.isPermanent ? "moved for good" : "redirected for now"
                lines.append("  \(kind) to \(redirect.to) (status \(redirect.status))")
            }
            lines.append("  next fetch: \(next(response.headers["cache-control"], now: .now))")
            lines.append("  asked again \(conditions(response.headers["etag"], response.headers["last-modified"]))")
        }
        return lines
    }

    private static let reason = ["content": "looking at its bytes", "HTTP header": "its HTTP header"]

    private var entries: String {
        var text = "\(feed.entries.count)"
        if let total = feed.total, total != feed.entries.count { text += " of \(total)" }
        return feed.resumptionToken == nil ? text : text + ", and there is another page"
    }

    private var dates: String? {
        let days = feed.entries.compactMap { $0.published ?? $0.updated }
        guard let first = days.min(), let last = days.max() else {
            return feed.entries.isEmpty ? nil : "none of its entries has one"
        }
        let without = feed.entries.count - days.count
        return "\(Output.time(first)) to \(Output.time(last))" + (without == 0 ? "" : "; \(without) without a date")
    }

    private var kinds: String? {
        let counts = AnnounceType.allCases.compactMap { kind -> String? in
            let count = feed.entries.count { $0.announceType == kind }
            return count == 0 ? nil : "\(count) \(kind.rawValue)"
        }
        return counts.isEmpty ? nil : counts.joined(separator: ", ") + "; replacements and notices are not new papers"
    }

    private func next(_ cacheControl: String?, now: Date) -> String {
        let plan = FetchPlan(interval: interval) { 0.5 }
        let date = plan.afterSuccess(at: now, cacheControl: cacheControl, hints: feed.refresh)
        let usual = abs(date.timeIntervalSince(now) - interval) < 1
        let asked = [
            cacheControl.map { "Cache-Control: \($0)" }, feed.refresh.timeToLive.map { "ttl: \(Int($0 / 60)) minutes" },
            feed.refresh.skippedDays.isEmpty ? nil : "skipDays", feed.refresh.skippedHours.isEmpty ? nil : "skipHours",
        ].compactMap(\.self)
        let minutes = Int((date.timeIntervalSince(now) / 60).rounded())
        return
            "in \(counted(minutes, "minute")), as \(usual ? "feeds.interval says" : "it asks by " + asked.joined(separator: ", "))"
    }

    private func conditions(_ etag: String?, _ lastModified: String?) -> String {
        let headers = [etag.map { "If-None-Match: \($0)" }, lastModified.map { "If-Modified-Since: \($0)" }]
            .compactMap(\.self)
        return headers.isEmpty
            ? "in full: the server names neither ETag nor Last-Modified"
            : "with " + headers.joined(separator: " and ")
    }
}
