import Papers

/// JSON Feed as entries.
enum JSONFeedAdapter {
    static func parse(_ text: DecodedText) throws(FeedError) -> ParsedFeed {
        var feed = ParsedFeed(kind: .jsonFeed, text)
        var authors: [Author] = []
        var home: String?
        var own: String?
        try JSONObjectFeed.read(text, into: &feed) { (key, value, feed) throws(JSONError) in
            switch key {
            case "title": feed.title = try value.text(.plain)
            case "home_page_url": home = try value.token()
            case "feed_url": own = try value.token()
            case "author":
                authors = authors.isEmpty ? try JSONFeedItem.author(&value).map { [$0] } ?? [] : try value.skipped([])
            case "authors": authors = try JSONFeedItem.authors(&value)
            case "items":
                let base = text.url ?? own ?? home
                try JSONObjectFeed.entries(&value, into: &feed) { (reader) throws(JSONError) in
                    try JSONFeedItem(&reader)
                } entry: { item in
                    entry(item, base: base)
                }
            default: try value.skip()
            }
        }
        feed.url = (home ?? own).flatMap { WebAddress.resolve($0, against: text.url) } ?? text.url
        feed.handDown(authors)
        return feed
    }

    private static func entry(_ item: JSONFeedItem, base: String?) -> Result<Entry, DropReason> {
        let link = item.url.flatMap { WebAddress.resolve($0, against: base) }
        let external = item.externalURL.flatMap { WebAddress.resolve($0, against: base) }
        // A page about a paper is that paper; the page itself stays the link.
        let candidates = [item.id, link, external, PaperFinder.arXivMention(in: item.title)]
        let named = PaperFinder.id(in: candidates).flatMap { $0.scheme == .url ? nil : $0 }
        let page = link ?? external ?? item.id.flatMap { WebAddress.resolve($0, against: nil) }
        guard let id = named ?? PaperFinder.id(in: [page]) else {
            return .failure(DropReason("it has neither a link nor an identifier of a paper"))
        }
        let body = item.html ?? item.text
        guard let title = item.title ?? (item.summary ?? body).map(Shortened.title) else {
            return .failure(DropReason("it has neither title nor text"))
        }
        var entry = Entry(id: id, title: title)
        entry.url = page ?? id.pageURL
        entry.pdfURL = PDFLink.address(of: id, offered: item.attachments, base: base)
        entry.doi = id.scheme == .doi ? id.value : nil
        entry.authors = item.authors
        entry.categories = item.tags
        entry.published = item.published
        entry.updated = item.modified
        entry.abstract = item.summary
        entry.content = body
        return .success(entry)
    }
}
