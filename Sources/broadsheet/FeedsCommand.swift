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
        subcommands: [List.self, Add.self, Remove.self, Check.self])

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
            abstract: "Add a feed, after having looked whether it can be read.")
        @Argument(help: "The feed's address, http or https.") var url: String
        @Option(name: .long, help: "What to call it.") var title: String?
        @Flag(name: .long, help: "Allow an address on this machine or in a private network.") var `private` = false
        @OptionGroup var common: CommonOptions

        func run() async throws {
            guard let scheme = URL(string: url)?.scheme?.lowercased(), ["http", "https"].contains(scheme) else {
                throw CommandFailure("“\(url)” is not http or https; a file can only be named in the feeds file itself")
            }
            let installation = try await common.installation()
            var request = HTTPRequest(url: url)
            request.allowsPrivateAddresses = `private`
            let parsed = try await FeedSource.fetch(request, installation: installation)
            let declared = FeedDeclaration(url: url, title: title ?? parsed.title, allowsPrivate: `private`)
            guard let feed = try await installation.database.feeds.add(declared, origin: .admin) else {
                throw CommandFailure("\(url) is a feed already; `broadsheet feeds list` shows it")
            }
            Output.line(
                "feed \(feed.id): \(parsed.kind.rawValue), \(parsed.entries.count) entries now; fetched at the next round"
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

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read a feed or a file and show what it says, without storing anything.")
        @Argument(help: "An address or a file.") var source: String
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let feed = try await FeedSource.read(source, common: common)
            if output.format == .json {
                for line in FeedReport.lines(feed) { Output.line(line) }
                return
            }
            Output.line(
                "\(feed.title ?? "(no title)"): \(feed.kind.rawValue), \(feed.charset), \(feed.entries.count) entries")
            for repair in feed.repairs { Output.line("  repaired: \(repair)") }
            for dropped in feed.dropped { Output.line("  left out: \(dropped)") }
            for entry in feed.entries {
                let authors = entry.authors.prefix(3).map(\.name).joined(separator: ", ")
                Output.line("- \(entry.title)")
                Output.line("    \(entry.id)  \(Output.time(entry.published ?? entry.updated))  \(authors)")
            }
        }
    }
}

/// Feeds as commands are given them: an address or a file.
enum FeedSource {
    static func read(_ source: String, common: CommonOptions) async throws -> ParsedFeed {
        if let scheme = URL(string: source)?.scheme?.lowercased(), ["http", "https"].contains(scheme) {
            var request = HTTPRequest(url: source)
            // Whoever types an address into a shell on this machine can reach it anyway.
            request.allowsPrivateAddresses = true
            let settings = try await common.settings()
            return try await fetch(request, userAgentSite: settings.baseURL)
        }
        let path = source.hasPrefix("file://") ? URL(string: source)?.path ?? source : source
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("\(path) cannot be read; name a file that exists, or an http or https address")
        }
        return try ParsedFeed(parsing: FeedDocument(bytes: Array(data), url: URL(fileURLWithPath: path).absoluteString))
    }

    static func fetch(_ request: HTTPRequest, installation: Installation) async throws -> ParsedFeed {
        try await fetch(request, userAgentSite: installation.settings.baseURL)
    }

    private static func fetch(_ request: HTTPRequest, userAgentSite: String) async throws -> ParsedFeed {
        let response = try await HTTPFetcher(userAgent: "Broadsheet/1.0 (+\(userAgentSite))").fetch(request)
        guard response.status == 200 else {
            throw CommandFailure(
                "\(request.url) answered with status \(response.status); check the address in a browser")
        }
        return try ParsedFeed(
            parsing: FeedDocument(
                bytes: response.body, contentType: response.headers["content-type"], url: response.finalURL))
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
