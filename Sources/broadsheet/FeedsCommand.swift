import ArgumentParser
import Feeds
import Foundation
import Site
import Store
import Transport
import Workers

struct FeedsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feeds", abstract: "See and change the feeds that papers come from.",
        subcommands: [
            List.self, Add.self, Remove.self, FeedsCheckCommand.self, FeedsImportCommand.self, FeedsExportCommand.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the feeds and how their last fetch went.")
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let installation = try await common.installation()
            try await installation.synchroniseFeeds()
            let feeds = try await installation.database.feeds.all()
            if output.format == .json {
                for feed in feeds { try Output.json(FeedJSON(feed)) }
                return
            }
            Output.table(
                ["ID", "KIND", "ENTRIES", "FETCHED", "FAILURES", "FEED"],
                feeds.map { feed in
                    [
                        "\(feed.id)", feed.kind ?? "-", "\(feed.entries)", Output.time(feed.fetchedAt),
                        "\(feed.failures)",
                        feed.url + (feed.lastError.map { "\n    \($0)" } ?? ""),
                    ]
                })
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a feed, after having looked whether it can be read.",
            discussion: "Given a web page, the feed that it names is added; where it names several, they are listed.")
        @Argument(help: "The feed's address, http or https.") var url: String
        @Option(name: .long, help: "What to call it.") var title: String?
        @Flag(name: .long, help: "Allow an address on this machine or in a private network.") var `private` = false
        @Flag(name: .long, help: "Allow http, which anybody on the way can change.") var http = false
        @OptionGroup var common: CommonOptions

        func run() async throws {
            guard let scheme = URL(string: url)?.scheme?.lowercased(), ["http", "https"].contains(scheme) else {
                throw CommandFailure("“\(url)” is not http or https; a file can only be named in the feeds file itself")
            }
            let installation = try await common.installation()
            var request = HTTPRequest(url: url)
            request.allowsPrivateAddresses = `private`
            guard scheme == "https" || `private` || http else {
                throw CommandFailure("\(url) is not https; write https://, or allow it with --http")
            }
            if !`private`, !http { request.allowedSchemes = ["https"] }
            let (url, parsed) = try await FeedSource.find(request, installation: installation)
            let declared = FeedDeclaration(
                url: url, title: title ?? parsed.title, allowsPrivate: `private`, allowsHTTP: http)
            guard let feed = try await installation.database.feeds.add(declared, origin: .admin) else {
                throw CommandFailure("\(url) is a feed already; `broadsheet feeds list` shows it")
            }
            Output.line(
                "feed \(feed.id): \(url), \(parsed.kind.rawValue), \(parsed.entries.count) entries now; fetched at the next round"
            )
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a feed; its papers stay.",
            discussion: "A feed of the feeds file comes back at the next start unless its line is removed there too.")
        @Argument(help: "The feed's number or address.") var feed: String
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let feeds = try await common.installation().database.feeds
            let found = try await feeds.all().first { $0.url == feed || String($0.id) == feed }
            guard let found, try await feeds.remove(id: found.id) else {
                throw CommandFailure("there is no feed “\(feed)”; `broadsheet feeds list` shows all")
            }
            if found.origin == .file {
                Output.complain("note: the feeds file names it, so it comes back unless its line goes too")
            }
            Output.line("feed \(found.id) is removed: \(found.url)")
        }
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
    let entries: Int
    let fetchedAt: Date?
    let nextFetchAt: Date
    let failures: Int
    let lastError: String?

    init(_ feed: StoredFeed) {
        id = feed.id
        url = feed.url
        title = feed.title
        kind = feed.kind
        origin = feed.origin.rawValue
        enabled = feed.isEnabled
        entries = feed.entries
        fetchedAt = feed.fetchedAt
        nextFetchAt = feed.nextFetchAt
        failures = feed.failures
        lastError = feed.lastError
    }

    enum CodingKeys: String, CodingKey {
        case id, url, title, kind, origin, enabled, entries, failures
        case fetchedAt = "fetched_at"
        case nextFetchAt = "next_fetch_at"
        case lastError = "last_error"
    }
}
