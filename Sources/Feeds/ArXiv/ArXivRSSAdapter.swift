import Papers

/// `https://rss.arxiv.org/rss/…`: RSS 2.0 with arXiv's own elements.
enum ArXivRSSAdapter {
    static func parse(_ text: DecodedText) throws(FeedError) -> ParsedFeed {
        var feed = ParsedFeed(kind: .arXivRSS, text)
        try XMLFeed.read(text, entries: ["item"], into: &feed) { element, base in
            entry(ArXivItem(element), element, base)
        } head: { root, feed throws(FeedError) in
            let channel = RSSChannel(root)
            channel.fill(&feed, text)
            try refuseQueryError(feed)
        }
        return feed
    }

    /// An unknown category is answered with a feed that says so in its title.
    static func refuseQueryError(_ feed: ParsedFeed) throws(FeedError) {
        guard let title = feed.title, title.hasPrefix("Feed error for query"), feed.entries.isEmpty else { return }
        throw FeedError(.reported, "arXiv says: \(title): check the categories in the address")
    }

    private static func entry(_ item: ArXivItem, _ element: XMLElement, _ base: String?) -> Result<Entry, DropReason> {
        guard let id = PaperFinder.id(in: [item.guid, item.link]), id.scheme == .arxiv else {
            return .failure(DropReason("neither its guid nor its link holds an arXiv identifier"))
        }
        guard let title = ArXivListing.text(item.title) else { return .failure(DropReason("it has no title")) }
        var entry = Entry(id: id, title: title)
        entry.url = item.link.flatMap { WebAddress.resolve($0, against: base) } ?? id.pageURL
        entry.categories = item.categories
        entry.published = item.pubDate.flatMap { FeedDate.parse($0) }
        ArXivListing(element, summary: item.description).fill(&entry, id: id)
        return .success(entry)
    }
}
