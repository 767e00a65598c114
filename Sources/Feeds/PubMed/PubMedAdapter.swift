import Core
import Foundation
import Papers

/// PubMed's RSS of a saved search: RSS 2.0 whose `content:encoded` holds a citation, the abstract and identifiers.
enum PubMedAdapter {
    static func parse(_ text: DecodedText) throws(FeedError) -> ParsedFeed {
        var feed = ParsedFeed(kind: .pubMedRSS, text)
        try XMLFeed.read(text, entries: ["item"], into: &feed) { element, base in
            let item = RSSItem(element)
            return RSSAdapter.entry(item, base).map { fill($0, item, journal: element.text(.dc("source"))) }
        } head: { root, feed throws(FeedError) in
            RSSChannel(root).fill(&feed, text)
        }
        return feed
    }

    private static func fill(_ entry: Entry, _ item: RSSItem, journal: [UInt8]?) -> Entry {
        var entry = entry
        entry.journal = FieldText.clean(journal)
        // The tracking parameters change with every fetch.
        entry.url = entry.url.map {
            $0.hasPrefix("https://pubmed.ncbi.nlm.nih.gov/") ? String($0.prefix { $0 != "?" }) : $0
        }
        let abstract = entry.content.flatMap(Self.abstract) ?? entry.abstract.flatMap(Self.abstract)
        entry.abstract = abstract ?? entry.abstract
        entry.content = nil
        return entry
    }

    /// What stands between `ABSTRACT` and the identifiers.
    private static func abstract(in text: String) -> String? {
        guard let start = text.range(of: "ABSTRACT") else { return nil }
        let rest = text[start.upperBound...]
        let end = rest.range(of: " PMID:", options: .backwards)?.lowerBound ?? rest.endIndex
        let abstract = rest[..<end].trimmed
        return abstract.isEmpty ? nil : abstract
    }
}
