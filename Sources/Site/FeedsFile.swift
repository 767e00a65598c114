import Foundation
import Transport
import Yams

/// One feed that the feeds file names.
public struct ConfiguredFeed: Sendable, Equatable {
    /// http, https or, because the operator's own file says it, file.
    public let url: String
    public let title: String?
    /// Whether it may lie on a loopback or private address.
    public let allowsPrivate: Bool
    /// Whether a remote feed may be fetched without TLS.
    public let allowsHTTP: Bool
    /// An address with `{date}`, or `{from}` and `{until}`, that gives past days.
    public let archive: String?
}

/// The feeds file: `feeds:` and below it an address, or a mapping with `url`, `title`, `private`,
/// `http` and `archive`, for each feed.
public struct FeedsFile: Sendable {
    public let feeds: [ConfiguredFeed]

    /// - Throws: ``SiteError`` with the line and what is wrong there.
    public init(file path: String) throws { try self.init(YAMLFile(path: path)) }

    public init(text: String, name: String) throws { try self.init(YAMLFile(text: text, path: name)) }

    private init(_ file: YAMLFile) throws {
        let list = file.root?.mapping?["feeds"] ?? file.root
        guard let items = list?.sequence else {
            throw SiteError(
                file.path, "has no list of feeds", mend: "write `feeds:` and below it `- https://…` for each feed")
        }
        var feeds: [ConfiguredFeed] = []
        for item in items {
            let feed = try Self.feed(item, in: file)
            guard !feeds.contains(where: { $0.url == feed.url }) else {
                throw SiteError(file.place(item), "“\(feed.url)” is listed twice", mend: "remove one of the lines")
            }
            feeds.append(feed)
        }
        self.feeds = feeds
    }

    private static func feed(_ node: Node, in file: YAMLFile) throws -> ConfiguredFeed {
        let allowed: Set = ["url", "title", "private", "http", "archive"]
        for (key, _) in node.mapping ?? [:] where !allowed.contains(key.string ?? "") {
            throw SiteError(
                file.place(key), "unknown key “\(key.string ?? "")”",
                mend: "a feed has url, title, private, http and archive")
        }
        guard let text = node.string ?? node.mapping?["url"]?.string else {
            throw SiteError(file.place(node), "a feed without an address", mend: "write `- url: https://…`")
        }
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
            ["http", "https", "file"].contains(scheme), scheme == "file" || url.host?.isEmpty == false
        else {
            throw SiteError(
                file.place(node), "“\(text)” is not the address of a feed", mend: "write http://, https:// or file:///")
        }
        // Naming a private address in one's own file is leave enough; a redirect to one from elsewhere is not.
        let isPrivate = HTTPRequest(url: text).isPrivateAsWritten
        let allowsPrivate = node.mapping?["private"]?.bool ?? isPrivate
        let allowsHTTP = node.mapping?["http"]?.bool ?? false
        guard scheme != "http" || allowsPrivate || allowsHTTP else {
            throw SiteError(
                file.place(node), "“\(text)” would be fetched without TLS, so anyone on the network path can change it",
                mend: "write https://, or add `http: true`")
        }
        let archive = node.mapping?["archive"]?.string
        if let archive, !archive.contains("{date}"), !archive.contains("{from}") {
            throw SiteError(
                file.place(node), "the archive “\(archive)” has no place for a day",
                mend: "write {date}, or {from} and {until}, where the day goes")
        }
        return ConfiguredFeed(
            url: text, title: node.mapping?["title"]?.string, allowsPrivate: allowsPrivate, allowsHTTP: allowsHTTP,
            archive: archive)
    }
}
