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
        let title = FieldText.clean(atom.title)
        let body = FieldText.clean(atom.content)
        let summary = FieldText.clean(atom.summary)
        guard let title = title ?? (summary ?? body).map(Shortened.title) else {
            return .failure(DropReason("it has neither title nor text"))
        }
        let names = atom.identifiers + [atom.id, link].compactMap { $0 }
        guard
            let id = PaperFinder.id(
                named: names + [PaperFinder.arXivMention(in: title)], page: page, guid: atom.id,
                hasLink: !atom.pages.isEmpty, title: title)
        else { return .failure(PaperFinder.nameless) }
        var entry = Entry(id: id, title: title)
        entry.url = page ?? id.pageURL
        entry.guid = atom.id
        entry.add(otherIDs: PaperFinder.others(in: names))
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
