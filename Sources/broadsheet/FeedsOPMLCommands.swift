import ArgumentParser
import Core
import Feeds
import Foundation
import Papers
import Store
import Transport

struct FeedsImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Add the feeds of an OPML file, as feed readers export it.",
        discussion: "Feeds that are already known stay as they are. New ones are fetched at the next round.")
    @Argument(help: "The OPML file.") var file: String
    @Flag(name: .long, help: "Allow addresses on this machine or in a private network.") var `private` = false
    @Flag(name: .long, help: "Allow http, which anyone on the network path can change.") var http = false
    @OptionGroup var output: FormatOption
    @OptionGroup var common: CommonOptions

    /// What became of one line.
    private struct Imported: Encodable {
        let url: String
        let title: String?
        let result: String
    }

    func run() async throws {
        let bytes = try await FeedSource.bytes(ofFile: file, atMost: common.settings().feedsMaxBytes)
        let list = try OPML(
            parsing: FeedDocument(bytes: bytes, url: URL(fileURLWithPath: file).absoluteString))
        guard !list.outlines.isEmpty else {
            throw CommandFailure("\(file) contains no feed; its outlines need an xmlUrl")
        }
        let installation = try await common.installation(needs: .records)
        try await installation.synchroniseFeeds()
        var results: [Imported] = []
        for outline in list.outlines {
            let result = try await add(outline, to: installation.database.feeds)
            results.append(Imported(url: outline.url, title: outline.title, result: result))
        }
        if output.format == .json {
            for result in results { try Output.json(result) }
            return
        }
        for result in results where result.result != "added" { Output.complain("\(result.url): \(result.result)") }
        let added = results.count { $0.result == "added" }
        Output.line("added \(added) of \(counted(results.count, "feed")); fetched at the next round")
    }

    private func add(_ outline: OPML.Outline, to feeds: FeedStore) async throws -> String {
        guard let scheme = URL(string: outline.url)?.scheme?.lowercased(), ["http", "https"].contains(scheme) else {
            return "skipped: it is not http or https"
        }
        guard scheme == "https" || http || `private` else { return "skipped: it is not https; --http allows it" }
        guard `private` || !HTTPRequest(url: outline.url).isPrivateAsWritten else {
            return "skipped: it is in a private network; --private allows it"
        }
        let feed = FeedDeclaration(url: outline.url, title: outline.title, allowsPrivate: `private`, allowsHTTP: http)
        return try await feeds.add(feed, origin: .admin) == nil ? "already known" : "added"
    }
}

struct FeedsExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print all feeds as OPML 2.0, which feed readers import.")
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let installation = try await common.installation(needs: .records.readOnly)
        try await installation.synchroniseFeeds()
        let feeds = try await installation.database.feeds.all()
        let list = OPML(
            title: "Feeds of \(installation.settings.siteName)",
            // A file of this machine is nothing to anybody else.
            outlines: feeds.filter { !$0.url.lowercased().hasPrefix("file:") }.map {
                OPML.Outline(url: $0.url, title: $0.title)
            })
        FileHandle.standardOutput.write(Data(list.serialised(date: installation.clock.now).utf8))
    }
}
