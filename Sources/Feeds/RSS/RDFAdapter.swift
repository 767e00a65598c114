import Core
import Foundation
import Papers

/// RSS 1.0 and 0.90 (https://web.resource.org/rss/1.0/spec), as journals and preprint servers serve it: items beside the
/// channel, with Dublin Core and PRISM.
enum RDFAdapter {
    static func parse(_ text: DecodedText, kind: FeedKind) throws(FeedError) -> ParsedFeed {
        var feed = ParsedFeed(kind: kind, text)
        try XMLFeed.read(text, entries: ["item"], into: &feed) { element, base in
            entry(RSSItem(element), base, isBioRxiv: kind == .bioRxivRSS)
        } head: { root, feed throws(FeedError) in
            RSSChannel(root).fill(&feed, text)
        }
        return feed
    }

    private static func entry(_ item: RSSItem, _ base: String?, isBioRxiv: Bool) -> Result<Entry, DropReason> {
        RSSAdapter.entry(item, base).map { entry in
            var entry = entry
            if let suffix = ArXivTitleSuffix(entry.title) {
                entry.title = suffix.title
                entry.announceType = suffix.announceType
                entry.categories = entry.categories.isEmpty ? [suffix.category] : entry.categories
                entry.authors = AuthorList.authors(inCreators: item.creators, as: .html)
            }
            guard isBioRxiv else { return entry }
            // Its later versions are listed like its first.
            if item.links.contains(where: BioRxivText.isRevision) { entry.announceType = .replace }
            entry.title = item.title.flatMap { BioRxivText.clean($0) } ?? entry.title
            entry.abstract = item.description.flatMap { BioRxivText.clean($0) }
            entry.authors = item.creators.flatMap { AuthorList.authors(inSurnameList: $0) }
            return entry
        }
    }
}

/// `Some title. (arXiv:1805.06430v2 [nucl-th] UPDATED)`, as arXiv's RSS 1.0 had it until 2023.
struct ArXivTitleSuffix {
    let title: String
    let category: String
    let announceType: AnnounceType

    init?(_ text: String) {
        guard text.hasSuffix(")"), let mark = text.range(of: " (arXiv:", options: .backwards),
            let open = text[mark.upperBound...].firstIndex(of: "["),
            let close = text[open...].firstIndex(of: "]")
        else { return nil }
        category = String(text[text.index(after: open)..<close])
        let note = text[close...]
        announceType = note.contains("UPDATED") ? .replace : note.contains("CROSS") ? .cross : .new
        let bare = text[..<mark.lowerBound].trimmed
        title = bare.hasSuffix(".") ? String(bare.dropLast()) : bare
    }
}
