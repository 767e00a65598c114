import Feeds
import Foundation
import Papers
import Store
import Transport

/// Hugging Face gives a day in pages (`limit`, `p`; 50 a page unless asked): the rest of the list is asked for too.
struct PagedFeed: Sendable {
    let fetcher: FeedFetcher
    let queue: HostQueue

    private static let usualPage = 50
    private static let mostPages = 10

    /// How far the pages could be read.
    enum Completion: Equatable {
        case complete
        /// A page failed: the document must not count as read, so that the next fetch gets all of it again.
        case incomplete(reason: String, notBefore: Date?)
    }

    /// Appends what the following pages hold, until one is short or holds nothing new.
    func complete(_ feed: inout ParsedFeed, of source: StoredFeed) async throws -> Completion {
        guard feed.kind == .huggingFace, var parts = URLComponents(string: source.address) else { return .complete }
        let items = parts.queryItems ?? []
        guard !items.contains(where: { $0.name == "p" }), parts.scheme != "file" else { return .complete }
        let size = items.first { $0.name == "limit" }?.value.flatMap { Int($0) } ?? Self.usualPage
        var known = Set(feed.entries.map(\.id))
        var last = feed.entries.count
        var page = 1
        while last >= size, page < Self.mostPages {
            parts.queryItems = items + [URLQueryItem(name: "p", value: "\(page)")]
            guard let url = parts.string else { return .complete }
            let next: ParsedFeed
            do {
                switch try await fetcher.ask(source.request(for: url), queue: queue) {
                case .document(let response):
                    next = try ParsedFeed(
                        parsing: FeedDocument(
                            bytes: response.body, url: url,
                            mostEntries: fetcher.installation.settings.feedsMaxEntries))
                case .wait(let until, let reason): return .incomplete(reason: reason, notBefore: until)
                case .unchanged, .gone: return .complete
                }
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                return .incomplete(reason: "\(error)", notBefore: nil)
            }
            let fresh = next.entries.filter { known.insert($0.id).inserted }
            guard !fresh.isEmpty else { return .complete }
            feed.entries += fresh
            last = next.entries.count
            page += 1
        }
        return .complete
    }
}
