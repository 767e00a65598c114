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
        let link = (atom.link(rel: "alternate") ?? atom.link(rel: "related")).flatMap {
            WebAddress.resolve($0.href, against: $0.base ?? base)
        }
        let title = FieldText.clean(atom.title)
        let candidates = atom.identifiers + [atom.id, link, PaperFinder.arXivMention(in: title)].compactMap { $0 }
        let named = PaperFinder.id(in: candidates).flatMap { $0.scheme == .url ? nil : $0 }
        let page = link ?? atom.id.flatMap { WebAddress.resolve($0, against: nil) }
        guard let id = named ?? PaperFinder.id(in: [page]) else {
            return .failure(DropReason("it has neither a link nor an identifier of a paper"))
        }
        let body = FieldText.clean(atom.content)
        let summary = FieldText.clean(atom.summary)
        guard let title = title ?? (summary ?? body).map(Shortened.title) else {
            return .failure(DropReason("it has neither title nor text"))
        }
        var entry = Entry(id: id, title: title)
        entry.url = page ?? id.pageURL
        entry.pdfURL = PDFLink.address(of: id, offered: atom.links.map { ($0.href, $0.type) }, base: base)
        entry.doi = id.scheme == .doi ? id.value : nil
        entry.authors = atom.authors
        entry.categories = atom.categories
        entry.published = FeedDate.parse(atom.published)
        entry.updated = FeedDate.parse(atom.updated)
        entry.abstract = summary
        entry.content = body
        return .success(entry)
    }
}
