import Feeds
import Foundation
import Papers
import Store
import Transport

/// Hugging Face gives a day in pages (`limit`, `p`; 50 a page unless asked): the rest of the list is asked for too.
struct PagedFeed: Sendable {
    let asker: FeedAsker
    let lane: HostLane

    private static let usualPage = 50
    private static let mostPages = 10

    /// Appends what the following pages hold, until one is short or holds nothing new.
    ///
    /// A page that fails costs what it would have brought; the next fetch asks again.
    func complete(_ feed: inout ParsedFeed, of source: StoredFeed) async throws {
        guard feed.kind == .huggingFace, var parts = URLComponents(string: source.address) else { return }
        let items = parts.queryItems ?? []
        guard !items.contains(where: { $0.name == "p" }), parts.scheme != "file" else { return }
        let size = items.first { $0.name == "limit" }?.value.flatMap { Int($0) } ?? Self.usualPage
        var known = Set(feed.entries.map(\.id))
        var last = feed.entries.count
        var page = 1
        while last >= size, page < Self.mostPages {
            parts.queryItems = items + [URLQueryItem(name: "p", value: "\(page)")]
            guard let url = parts.string, let next = try await self.page(url, of: source) else { return }
            let fresh = next.entries.filter { known.insert($0.id).inserted }
            guard !fresh.isEmpty else { return }
            feed.entries += fresh
            last = next.entries.count
            page += 1
        }
    }

    /// One page, or nil where it cannot be had.
    private func page(_ url: String, of source: StoredFeed) async throws -> ParsedFeed? {
        do {
            guard case .document(let response) = try await asker.ask(source.request(for: url), lane: lane) else {
                return nil
            }
            return try ParsedFeed(parsing: FeedDocument(bytes: response.body, url: url))
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            asker.installation.logger.notice("feed \(source.url): a page could not be read: \(error)")
            return nil
        }
    }
}
