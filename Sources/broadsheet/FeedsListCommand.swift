import ArgumentParser
import Foundation
import Store
import Workers

struct FeedsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the feeds and how their last fetch went.",
        discussion: """
            STATE is ok, new (never fetched), failing (with the number of failures in a row), waiting (its server asked for \
            patience), stale (nothing new although its source publishes) or off.
            """)
    @OptionGroup var output: FormatOption
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let installation = try await common.installation(needs: .records.readOnly)
        try await installation.synchroniseFeeds()
        let feeds = try await installation.database.feeds.all()
        let now = installation.clock.now
        if output.format == .json {
            for feed in feeds { try Output.json(FeedJSON(feed, at: now)) }
            return
        }
        Output.table(
            ["ID", "KIND", "STATE", "ENTRIES", "FETCHED", "NEXT", "FEED"],
            feeds.map { feed in
                [
                    "\(feed.id)", feed.kind ?? "-",
                    feed.state(at: now) + (feed.failures > 0 ? " \(feed.failures)×" : ""), "\(feed.entries)",
                    Output.time(feed.fetchedAt), Self.next(feed),
                    feed.url + Self.details(feed).map { "\n    \($0)" }.joined(),
                ]
            })
    }

    /// A time that has passed, or was never set, means the next round.
    private static func next(_ feed: StoredFeed) -> String {
        guard feed.isEnabled else { return "never" }
        return feed.fetchedAt == nil && feed.failures == 0 ? "next round" : Output.time(feed.nextFetchAt)
    }

    private static func details(_ feed: StoredFeed) -> [String] {
        [
            feed.lastError, feed.movedTo.map { "moved for good to \($0)" },
            feed.staleSince.map { "stale since \(Output.time($0))" },
        ].compactMap(\.self)
    }
}

/// A feed as `feeds list --format json` prints it.
struct FeedJSON: Encodable {
    let id: Int64
    let url: String
    let title: String?
    let kind: String?
    let origin: String
    let enabled: Bool
    let state: String
    let entries: Int
    let fetchedAt: Date?
    let nextFetchAt: Date
    let notBefore: Date?
    let lastNewAt: Date?
    let staleSince: Date?
    let movedTo: String?
    let archive: String?
    let failures: Int
    let lastError: String?

    init(_ feed: StoredFeed, at now: Date) {
        id = feed.id
        url = feed.url
        title = feed.title
        kind = feed.kind
        origin = feed.origin.rawValue
        enabled = feed.isEnabled
        state = feed.state(at: now)
        entries = feed.entries
        fetchedAt = feed.fetchedAt
        nextFetchAt = feed.nextFetchAt
        notBefore = feed.notBefore
        lastNewAt = feed.lastNewAt
        staleSince = feed.staleSince
        movedTo = feed.movedTo
        archive = feed.archive
        failures = feed.failures
        lastError = feed.lastError
    }

    enum CodingKeys: String, CodingKey {
        case id, url, title, kind, origin, enabled, state, entries, archive, failures
        case fetchedAt = "fetched_at"
        case nextFetchAt = "next_fetch_at"
        case notBefore = "not_before"
        case lastNewAt = "last_new_at"
        case staleSince = "stale_since"
        case movedTo = "moved_to"
        case lastError = "last_error"
    }
}
