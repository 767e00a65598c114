import Feeds
import Foundation
import Site
import Transport
import Workers

/// A feed that was read for a command, and what the server said about asking again.
struct FetchedFeed {
    let feed: ParsedFeed
    /// Nil for a file.
    let response: HTTPResponse?
}

/// Feeds as commands are given them: an address or a file.
enum FeedSource {
    /// Reads what fetching would: nothing larger, and no more entries.
    ///
    /// - Parameter isPrivate: whether the address may be on this machine or in a private network.
    static func read(_ source: String, private isPrivate: Bool, common: CommonOptions) async throws -> FetchedFeed {
        let settings = try await common.settings()
        if let scheme = URL(string: source)?.scheme?.lowercased(), ["http", "https"].contains(scheme) {
            var request = HTTPRequest(url: source)
            request.allowsPrivateAddresses = isPrivate
            return try await fetch(request, settings)
        }
        let path = source.hasPrefix("file://") ? URL(string: source)?.path ?? source : source
        let document = FeedDocument(
            bytes: try bytes(ofFile: path, atMost: settings.feedsMaxBytes),
            url: URL(fileURLWithPath: path).absoluteString, mostEntries: settings.feedsMaxEntries)
        return FetchedFeed(feed: try ParsedFeed(parsing: document), response: nil)
    }

    /// The feed at an address, or the one feed that the page there names.
    static func find(
        _ request: HTTPRequest, installation: Installation
    ) async throws -> (url: String, feed: ParsedFeed) {
        let settings = installation.settings
        do {
            return (request.url, try await fetch(request, settings).feed)
        } catch let error as FeedError where error.problem == .webPage {
            switch error.alternates.count {
            case 0:
                throw CommandFailure("\(request.url) is a web page that links to no feed; look on it for RSS or Atom")
            case 1:
                var second = request
                second.url = error.alternates[0]
                // A page must not send us to other machines of its network.
                second.allowsPrivateAddresses =
                    request.allowsPrivateAddresses && HTTPRequest.haveSameOrigin(request.url, second.url)
                return (second.url, try await fetch(second, settings).feed)
            default:
                let feeds = error.alternates.joined(separator: " or ")
                throw CommandFailure("\(request.url) is a web page that links to several feeds; add \(feeds)")
            }
        }
    }

    /// A file's bytes, of which no more are read than may be; a pipe has no size to look at before.
    static func bytes(ofFile path: String, atMost limit: Int) throws -> [UInt8] {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw CommandFailure("\(path) cannot be read; name a file that exists, or an http or https address")
        }
        defer { try? file.close() }
        var bytes: [UInt8] = []
        while let part = try file.read(upToCount: 1 << 20), !part.isEmpty {
            bytes += part
            guard bytes.count <= limit else {
                throw CommandFailure(
                    "\(path) is larger than \(limit >> 20) MB, which is the limit: raise feeds.max_megabytes if that is right"
                )
            }
        }
        return bytes
    }

    private static func fetch(_ request: HTTPRequest, _ settings: Settings) async throws -> FetchedFeed {
        var request = request
        request.maxBytes = settings.feedsMaxBytes
        request.timeout = .seconds(settings.feedsTimeout)
        let response = try await HTTPFetcher(userAgent: ProgramVersion.userAgent("+\(settings.baseURL)")).fetch(request)
        guard response.status == 200 else {
            throw CommandFailure(
                "\(request.url) answered with status \(response.status); check the address in a browser")
        }
        let document = FeedDocument(
            bytes: response.body, contentType: response.headers["content-type"], url: response.finalURL,
            mostEntries: settings.feedsMaxEntries)
        return FetchedFeed(feed: try ParsedFeed(parsing: document), response: response)
    }
}
