import Papers

/// RSS from anybody (https://www.rssboard.org/rss-specification).
enum RSSAdapter {
    static func parse(_ text: DecodedText) throws(FeedError) -> ParsedFeed {
        var feed = ParsedFeed(kind: .rss, text)
        try XMLFeed.read(text, entries: ["item"], into: &feed) { element, base in
            entry(RSSItem(element), base)
        } head: { root, feed throws(FeedError) in
            RSSChannel(root).fill(&feed, text)
        }
        return feed
    }

    static func entry(_ item: RSSItem, _ base: String?) -> Result<Entry, DropReason> {
        let link = WebAddress.page(item.links, against: base)
        // An address counts only where it is the entry's own, not where it is a guid that is said to be none.
        let page = link ?? (item.isGUIDPermalink ? WebAddress.page(item.guid, against: nil) : nil)
        let abstract = FieldText.clean(item.description)
        return PaperFinder.entry(
            title: FieldText.clean(item.title), text: abstract,
            by: PaperFinder.Clues(
                names: item.identifiers + [item.guid, link], page: page, guid: item.guid, hasLink: item.hasLink,
                offered: item.enclosures.map { ($0.url, $0.type) }, base: base)
        ).map { entry in
            var entry = entry
            entry.authors = authors(item)
            entry.categories = item.categories
            entry.published = FeedDate.parse(item.pubDate) ?? FeedDate.parse(item.date)
            entry.updated = FeedDate.parse(item.modified)
            entry.abstract = abstract
            entry.content = FieldText.clean(item.content)
            entry.comments = item.commentCount.map { min(max(0, $0), JSONReader.mostCounted) }
            entry.discussionURL = item.commentsURL.flatMap { WebAddress.resolve($0, against: base) }
            return entry
        }
    }

    /// `dc:creator` and `dc:author`, one each; else `author`, which RSS defines as `user@host (Name)`.
    private static func authors(_ item: RSSItem) -> [Author] {
        let sources = item.creators.isEmpty ? item.authors : item.creators
        return sources.flatMap { source in
            FieldText.clean(source, as: .plainWithReferences).map(AuthorList.people) ?? []
        }.map { Author($0) }
    }
}
