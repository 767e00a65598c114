import Core
import Feeds
import Foundation
import Papers
import Transport

/// A paper that was found where its identifier leads.
public struct FoundPaper: Sendable {
    public let entry: Entry
    /// The address that was asked, which stands for the feed of the sighting.
    public let source: String
    public let trust: SourceTrust
}

/// A paper that could not be found: one sentence that says where was looked.
public struct LookupError: Error, Sendable, CustomStringConvertible {
    public let description: String
}

/// Finds one paper by its arXiv id, DOI or address, at arXiv's API, at Crossref or on the page itself.
public struct PaperLookup: Sendable {
    private let installation: Installation
    private let fetcher: HTTPFetcher
    private let allowsPrivate: Bool

    /// - Parameter allowsPrivate: whether the page that is asked for may be on this machine or in a private network.
    public init(_ installation: Installation, allowsPrivate: Bool = false) {
        self.installation = installation
        self.allowsPrivate = allowsPrivate
        fetcher = HTTPFetcher(userAgent: ProgramVersion.userAgent("+\(installation.settings.baseURL)"))
    }

    /// - Parameter address: the page as it was named, where ``PaperID/value`` is that of all its forms.
    /// - Throws: ``LookupError``, `FeedError` or `TransportError`, each one sentence.
    public func find(_ id: PaperID, at address: String? = nil) async throws -> FoundPaper {
        switch id.scheme {
        case .arxiv: try await arXiv(id)
        case .doi: try await crossref(id)
        case .url: try await page(id, at: address ?? id.value)
        case .entry: throw LookupError(description: "\(id) is an entry of a feed and has no page to look at")
        }
    }

    private func arXiv(_ id: PaperID) async throws -> FoundPaper {
        let url = "\(installation.settings.arXivAPI)?id_list=\(id.value)&max_results=1"
        let feed = try await feed(at: url, accept: "application/atom+xml", private: isPrivate(url))
        guard let entry = feed.entries.first(where: { $0.id == id }) else {
            throw LookupError(description: "arXiv knows no paper \(id.value); check the identifier")
        }
        return FoundPaper(entry: entry, source: url, trust: feed.kind.trust)
    }

    private func crossref(_ id: PaperID) async throws -> FoundPaper {
        let url = "\(installation.settings.crossrefAPI)/\(Self.pathSegment(VersionedDOI.registered(id.value)))"
        let feed = try await feed(at: url, accept: "application/json", private: isPrivate(url))
        guard var entry = feed.entries.first else {
            if let dropped = feed.dropped.first {
                throw LookupError(description: "\(id.value) cannot be added: \(dropped.reason)")
            }
            throw LookupError(description: "Crossref knows no DOI \(id.value); check it at https://doi.org/\(id.value)")
        }
        guard entry.announceType != .notice else {
            throw LookupError(description: "\(id.value) is a notice about \(entry.id.value), not a paper; add that one")
        }
        // A later version that is asked for by hand is wanted, though no feed has brought the first.
        entry.announceType = nil
        return FoundPaper(entry: entry, source: url, trust: feed.kind.trust)
    }

    /// A DOI may hold any character; its slash stays, as Crossref has it.
    private static func pathSegment(_ doi: String) -> String {
        let allowed = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/():;")
        return doi.addingPercentEncoding(withAllowedCharacters: allowed) ?? doi
    }

    /// The page's own tags, else the entry that one of its feeds has for it. A leave for the page is one for its feeds on the
    /// same server and for no other.
    private func page(_ id: PaperID, at address: String) async throws -> FoundPaper {
        let response = try await answer(to: address, accept: "text/html,*/*;q=0.8", private: allowsPrivate)
        let contentType = response.headers["content-type"]
        let document = FeedDocument(bytes: response.body, contentType: contentType, url: response.finalURL)
        do {
            let feed = try ParsedFeed(parsing: document)
            guard feed.entries.count == 1, let entry = feed.entries.first else {
                throw LookupError(
                    description:
                        "\(address) is a feed of \(counted(feed.entries.count, "entry", plural: "entries")), not a paper; "
                        + "`broadsheet feeds add` takes it")
            }
            return FoundPaper(entry: entry, source: address, trust: feed.kind.trust)
        } catch let error as FeedError where error.problem == .webPage {
            for url in error.alternates.prefix(3) {
                let isNamed = allowsPrivate && HTTPRequest.haveSameOrigin(address, url)
                guard let feed = try? await feed(at: url, accept: "*/*", private: isNamed) else { continue }
                let entry = feed.entries.first { $0.id == id || $0.url == response.finalURL || $0.url == address }
                if let entry { return FoundPaper(entry: entry, source: url, trust: feed.kind.trust) }
            }
            guard
                let entry = PageMetadata.entry(
                    inPage: response.body, contentType: contentType, url: response.finalURL)
            else {
                throw LookupError(
                    description:
                        "\(address) names neither a paper's title nor a feed with it; add it by DOI or arXiv id")
            }
            return FoundPaper(entry: entry, source: address, trust: .other)
        }
    }

    private func feed(at url: String, accept: String, private isPrivate: Bool) async throws -> ParsedFeed {
        let response = try await answer(to: url, accept: accept, private: isPrivate)
        return try ParsedFeed(
            parsing: FeedDocument(
                bytes: response.body, contentType: response.headers["content-type"], url: response.finalURL))
    }

    private func answer(to url: String, accept: String, private isPrivate: Bool) async throws -> HTTPResponse {
        var request = HTTPRequest(url: url)
        request.accept = accept
        request.allowsPrivateAddresses = isPrivate
        request.maxBytes = installation.settings.feedsMaxBytes
        let response = try await fetcher.fetch(request)
        switch response.status {
        case 200: return response
        case 404, 410: throw LookupError(description: "\(url) is not there (status \(response.status)); check it")
        case 406, 429, 503:
            throw LookupError(
                description: "\(url) asks for patience (status \(response.status)); try again in some minutes")
        default: throw LookupError(description: "\(url) answered with status \(response.status); try again later")
        }
    }

    /// Naming a private address in one's own settings is leave enough.
    private func isPrivate(_ url: String) -> Bool { HTTPRequest(url: url).isPrivateAsWritten }
}
