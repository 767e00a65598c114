import ArgumentParser
import Core
import Feeds
import Foundation
import Papers
import Site
import Store
import Transport
import Workers

struct FeedsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feeds", abstract: "See and change the feeds that papers come from.",
        subcommands: [
            FeedsListCommand.self, Add.self, Remove.self, Enable.self, Disable.self, FeedsCheckCommand.self,
            FeedsImportCommand.self, FeedsExportCommand.self,
        ])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a feed, after checking that it can be read.",
            discussion:
                "For a web page, the command adds the feed that it links to; if it links to several, it lists them.")
        @Argument(help: "The feed's address, http or https.") var url: String
        @Option(name: .long, help: "What to call it.") var title: String?
        @Flag(name: .long, help: "Allow an address on this machine or in a private network.") var `private` = false
        @Flag(name: .long, help: "Allow http, which anyone on the network path can change.") var http = false
        @OptionGroup var common: CommonOptions

        func run() async throws {
            guard let scheme = URL(string: url)?.scheme?.lowercased(), ["http", "https"].contains(scheme) else {
                throw CommandFailure("“\(url)” is not http or https; a file can only be named in the feeds file itself")
            }
            let installation = try await common.installation(needs: .records)
            var request = HTTPRequest(url: url)
            request.allowsPrivateAddresses = `private`
            guard scheme == "https" || `private` || http else {
                throw CommandFailure("\(url) is not https; write https://, or allow it with --http")
            }
            if !`private`, !http { request.allowedSchemes = ["https"] }
            let (url, parsed) = try await FeedSource.find(request, installation: installation)
            let declared = FeedDeclaration(
                url: url, title: title ?? parsed.title,
                allowsPrivate: `private` && HTTPRequest.haveSameOrigin(request.url, url), allowsHTTP: http)
            guard let feed = try await installation.database.feeds.add(declared, origin: .admin) else {
                throw CommandFailure("\(url) is already a feed; `broadsheet feeds list` shows it")
            }
            Output.line(
                "feed \(feed.id): \(url), \(parsed.kind.rawValue), \(counted(parsed.entries.count, "entry", plural: "entries")) now; fetched at the next round"
            )
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a feed; its papers stay.",
            discussion: "A feed from the feeds file comes back at the next start unless you remove its line there too.")
        @Argument(help: "The feed's number or address.") var feed: String
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let feeds = try await common.installation(needs: .records).database.feeds
            let found = try await findFeed(feed, in: feeds)
            _ = try await feeds.remove(id: found.id)
            if found.origin == .file {
                Output.complain("note: the feeds file names it, so it comes back unless you remove its line there too")
            }
            Output.line("feed \(found.id) is removed: \(found.url)")
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetch a feed again that is switched off or waiting, at the next round.")
        @Argument(help: "The feed's number or address.") var feed: String
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let feeds = try await common.installation(needs: .records).database.feeds
            let found = try await findFeed(feed, in: feeds)
            try await feeds.setEnabled(id: found.id, true)
            let place =
                found.movedTo.map { "\($0), where \(found.url) has moved for good; should that fail, its old address" }
                ?? found.url
            Output.line("feed \(found.id) is asked at the next round: \(place)")
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Stop fetching a feed; its papers stay.")
        @Argument(help: "The feed's number or address.") var feed: String
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let feeds = try await common.installation(needs: .records).database.feeds
            let found = try await findFeed(feed, in: feeds)
            try await feeds.setEnabled(id: found.id, false, reason: "switched off by the operator")
            Output.line("feed \(found.id) is switched off: \(found.url)")
        }
    }
}

/// The feed of a number or an address.
private func findFeed(_ text: String, in feeds: FeedStore) async throws -> StoredFeed {
    guard let found = try await feeds.all().first(where: { $0.url == text || String($0.id) == text }) else {
        throw CommandFailure("there is no feed “\(text)”; `broadsheet feeds list` shows all")
    }
    return found
}
