import Papers

/// `https://api2.openreview.net/notes?…` as entries.
enum OpenReviewAdapter {
    static func parse(_ text: DecodedText) throws(FeedError) -> ParsedFeed {
        var feed = ParsedFeed(kind: .openReview, text)
        try JSONObjectFeed.read(text, into: &feed) { (key, value, feed) throws(JSONError) in
            switch key {
            case "notes":
                try JSONObjectFeed.entries(&value, into: &feed) { (reader) throws(JSONError) in
                    try OpenReviewNote(&reader)
                } entry: {
                    entry($0)
                }
            case "count": feed.total = try value.integer()
            default: try value.skip()
            }
        }
        feed.url = text.url
        return feed
    }

    private static func entry(_ note: OpenReviewNote) -> Result<Entry, DropReason> {
        guard let forum = note.forum ?? note.id else { return .failure(DropReason("it has neither “forum” nor “id”")) }
        // Reviews and comments are notes too; only a submission has a title and is its own forum.
        guard let title = note.title else { return .failure(DropReason("it has no title")) }
        guard note.id == nil || note.id == forum else { return .failure(DropReason("it is a reply, not a submission")) }
        let page = "https://openreview.net/forum?id=\(forum)"
        guard let id = PaperID(parsing: page) else { return .failure(DropReason("“\(forum)” is no identifier")) }
        var entry = Entry(id: id, title: title)
        entry.url = page
        entry.discussionURL = page
        entry.pdfURL = note.pdf.flatMap { WebAddress.resolve($0, against: "https://openreview.net/") }
        entry.abstract = note.abstract
        entry.synopsis = note.synopsis
        entry.journal = note.venue
        entry.authors = note.authors.map { Author($0) }
        entry.keywords = note.keywords
        entry.codeURL = note.code.flatMap { WebAddress.resolve($0, against: nil) }
        entry.published = note.published ?? note.created
        entry.updated = note.modified
        return .success(entry)
    }
}
