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
        let link = WebAddress.page(item.url, against: base)
        let external = WebAddress.page(item.externalURL, against: base)
        let page = link ?? external ?? WebAddress.page(item.id, against: nil)
        let body = item.html ?? item.text
        return PaperFinder.entry(
            title: item.title, text: item.summary ?? body,
            // A page about a paper is that paper; the page itself stays the link.
            by: PaperFinder.Clues(
                names: [item.id, link, external], page: page, guid: item.id, hasLink: item.hasURL,
                offered: item.attachments, base: base)
        ).map { entry in
            var entry = entry
            entry.authors = item.authors
            entry.categories = item.tags
            entry.published = item.published
            entry.updated = item.modified
            entry.abstract = item.summary
            entry.content = body
            return entry
        }
    }
}
