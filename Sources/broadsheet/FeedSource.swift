import Feeds
import Foundation
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
    /// - Parameter isPrivate: whether the address may be on this machine or in a private network.
    static func read(_ source: String, private isPrivate: Bool, common: CommonOptions) async throws -> FetchedFeed {
        if let scheme = URL(string: source)?.scheme?.lowercased(), ["http", "https"].contains(scheme) {
            var request = HTTPRequest(url: source)
            request.allowsPrivateAddresses = isPrivate
            let settings = try await common.settings()
            return try await fetch(request, site: settings.baseURL)
        }
        let path = source.hasPrefix("file://") ? URL(string: source)?.path ?? source : source
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("\(path) cannot be read; name a file that exists, or an http or https address")
        }
        let document = FeedDocument(bytes: Array(data), url: URL(fileURLWithPath: path).absoluteString)
        return FetchedFeed(feed: try ParsedFeed(parsing: document), response: nil)
    }

    /// The feed at an address, or the one feed that the page there names.
    static func find(
        _ request: HTTPRequest, installation: Installation
    ) async throws -> (url: String, feed: ParsedFeed) {
        let site = installation.settings.baseURL
        do {
            return (request.url, try await fetch(request, site: site).feed)
        } catch let error as FeedError where error.problem == .webPage {
            switch error.alternates.count {
            case 0:
                throw CommandFailure("\(request.url) is a web page that names no feed; look on it for RSS or Atom")
            case 1:
                var second = request
                second.url = error.alternates[0]
                // A page must not send us to other machines of its network.
                second.allowsPrivateAddresses =
                    request.allowsPrivateAddresses && HTTPRequest.haveSameOrigin(request.url, second.url)
                return (second.url, try await fetch(second, site: site).feed)
            default:
                let feeds = error.alternates.joined(separator: " or ")
                throw CommandFailure("\(request.url) is a web page that names several feeds; add \(feeds)")
            }
        }
    }

    private static func fetch(_ request: HTTPRequest, site: String) async throws -> FetchedFeed {
        let response = try await HTTPFetcher(userAgent: ProgramVersion.userAgent("+\(site)")).fetch(request)
        guard response.status == 200 else {
            throw CommandFailure(
                "\(request.url) answered with status \(response.status); check the address in a browser")
        }
        let document = FeedDocument(
            bytes: response.body, contentType: response.headers["content-type"], url: response.finalURL)
        return FetchedFeed(feed: try ParsedFeed(parsing: document), response: response)
    }
}
