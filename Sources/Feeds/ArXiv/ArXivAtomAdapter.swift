import Papers

/// `https://rss.arxiv.org/atom/…`: Atom whose entries name their authors only in `dc:creator`.
enum ArXivAtomAdapter {
    static func parse(_ text: DecodedText) throws(FeedError) -> ParsedFeed {
        var feed = ParsedFeed(kind: .arXivAtom, text)
        try XMLFeed.read(text, entries: ["entry"], into: &feed) { element, base in
            entry(AtomEntry(element), element, base)
        } head: { root, feed throws(FeedError) in
            AtomFeed(root).fill(&feed, text, nil)
            try ArXivRSSAdapter.refuseQueryError(feed)
        }
        return feed
    }

    private static func entry(_ atom: AtomEntry, _ element: XMLElement, _ base: String?) -> Result<Entry, DropReason> {
        let link = atom.link(rel: "alternate")?.href
        guard let id = PaperFinder.id(in: [atom.id, link]), id.scheme == .arxiv else {
            return .failure(DropReason("neither its id nor its link holds an arXiv identifier"))
        }
        guard let title = ArXivListing.text(atom.title?.utf8) else { return .failure(DropReason("it has no title")) }
        var entry = Entry(id: id, title: title)
        entry.url = link.flatMap { WebAddress.resolve($0, against: base) } ?? id.pageURL
        entry.categories = atom.categories
        // `updated` is when the feed was written, not when the paper was.
        entry.published = FeedDate.parse(atom.published)
        ArXivListing(element, summary: atom.summary?.utf8 ?? []).fill(&entry, id: id)
        return .success(entry)
    }
}
