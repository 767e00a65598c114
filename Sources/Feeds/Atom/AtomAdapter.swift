import Papers

/// Atom from anybody (RFC 4287).
enum AtomAdapter {
    static func parse(_ text: DecodedText) throws(FeedError) -> ParsedFeed {
        var feed = ParsedFeed(kind: .atom, text)
        try XMLFeed.read(text, entries: ["entry"], into: &feed) { element, base in
            entry(AtomEntry(element), base)
        } head: { root, feed throws(FeedError) in
            let head = AtomFeed(root)
            head.fill(&feed, text, XMLFeed.base(of: text, root))
            // Section 4.2.1: an entry without an author has the feed's.
            feed.handDown(head.authors)
        }
        return feed
    }

    private static func entry(_ atom: AtomEntry, _ base: String?) -> Result<Entry, DropReason> {
        let link = atom.pages.lazy.compactMap { WebAddress.page($0.href, against: $0.base ?? base) }.first
        let page = link ?? WebAddress.page(atom.id, against: nil)
        let body = FieldText.clean(atom.content)
        let summary = FieldText.clean(atom.summary)
        return PaperFinder.entry(
            title: FieldText.clean(atom.title), text: summary ?? body,
            by: PaperFinder.Clues(
                names: atom.identifiers + [atom.id, link], page: page, guid: atom.id, hasLink: !atom.pages.isEmpty,
                offered: atom.links.map { ($0.href, $0.type) }, base: base)
        ).map { entry in
            var entry = entry
            entry.authors = atom.authors
            entry.categories = atom.categories
            entry.published = FeedDate.parse(atom.published)
            entry.updated = FeedDate.parse(atom.updated)
            entry.abstract = summary
            entry.content = body
            return entry
        }
    }
}
