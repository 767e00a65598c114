import Papers

/// An RSS `item`, as the document has it, of any version: 0.9x, 1.0 and 2.0 use the same element names.
struct RSSItem {
    let title: [UInt8]?
    let link: String?
    let description: [UInt8]?
    /// `content:encoded`, the whole text beside a short `description`.
    let content: [UInt8]?
    let guid: String?
    let isGUIDPermalink: Bool
    let author: [UInt8]?
    let creators: [[UInt8]]
    let categories: [String]
    let pubDate: [UInt8]?
    let date: [UInt8]?
    let modified: [UInt8]?
    let identifiers: [String]
    let enclosures: [(url: String, type: String)]
    let commentCount: Int?
    let commentsURL: String?

    init(_ element: XMLElement) {
        title = element.text(.rss("title")) ?? element.text(.dc("title")) ?? element.text(XMLName(.media, "title"))
        // In RSS 1.0 the item is named by rdf:about where it has no link; Atom's link in RSS carries an href.
        link =
            element.token(.rss("link")) ?? element[attribute: "about"]
            ?? element.all(.atom("link")).first { ($0[attribute: "rel"] ?? "alternate") == "alternate" }?[
                attribute: "href"]
        description =
            element.text(.rss("description")) ?? element.text(.dc("description")) ?? element.text(.atom("summary"))
        content = element.text(XMLName(.content, "encoded"))
        let guid = element[.rss("guid")]
        self.guid = guid.flatMap { FieldText.token($0.text) }
        isGUIDPermalink = guid?[attribute: "ispermalink"]?.lowercased() != "false"
        author = element.text(.rss("author"))
        creators = element.all(.dc("creator")).map(\.text)
        categories =
            (element.all(.rss("category")) + element.all(.dc("subject"))).compactMap { FieldText.clean($0.text) }
        pubDate = element.text(.rss("pubdate"))
        date =
            element.text(.dc("date")) ?? element.text(.prism("publicationdate")) ?? element.text(.atom("published"))
            ?? element.text(.dc("issued"))
        modified =
            element.text(.dc("modified")) ?? element.text(.atom("updated")) ?? element.text(.prism("modificationdate"))
        identifiers =
            [element.token(.prism("doi")), element.token(.arXiv("doi"))].compactMap { $0 }
            + element.all(.dc("identifier")).compactMap { FieldText.token($0.text) }
        enclosures = element.all(.rss("enclosure")).map { ($0[attribute: "url"] ?? "", $0[attribute: "type"] ?? "") }
        commentCount = element.token(XMLName(.slash, "comments")).flatMap { Int($0) }
        commentsURL = element.token(.rss("comments"))
    }
}

/// An RSS `channel`.
struct RSSChannel {
    let title: [UInt8]?
    let link: String?
    let date: [UInt8]?
    private let root: XMLElement

    /// - Parameter root: `rss` or `rdf:RDF`
    init(_ root: XMLElement) {
        self.root = root
        let channel = root[.rss("channel")] ?? root
        title = channel.text(.rss("title")) ?? channel.text(.dc("title"))
        let selfLink = channel.all(.atom("link")).first { $0[attribute: "rel"] != "hub" }?[attribute: "href"]
        link = channel.token(.rss("link")) ?? selfLink ?? channel[attribute: "about"]
        date = channel.text(.rss("lastbuilddate")) ?? channel.text(.rss("pubdate")) ?? channel.text(.dc("date"))
    }

    func fill(_ feed: inout ParsedFeed, _ text: DecodedText) {
        feed.title = FieldText.clean(title)
        feed.url = link.flatMap { WebAddress.resolve($0, against: XMLFeed.base(of: text, root)) } ?? text.url
        feed.updated = FeedDate.parse(date)
        feed.refresh = RefreshHints(root[.rss("channel")] ?? root)
    }
}
