import Papers

/// An RSS `item`, as the document has it, of any version: 0.9x, 1.0 and 2.0 use the same element names.
struct RSSItem {
    let title: [UInt8]?
    /// What may lead to its page, the best first.
    let links: [String]
    /// Whether there is a link, though it may be empty.
    let hasLink: Bool
    let description: [UInt8]?
    /// `content:encoded`, `fullitem` or XHTML's `body`: the whole text beside a short `description`.
    let content: DeclaredText?
    let guid: String?
    let isGUIDPermalink: Bool
    /// `author` of RSS and of the vocabularies that are put into it.
    let authors: [[UInt8]]
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
        links =
            [element.token(.rss("link")), element[attribute: "about"], element[attribute: "href"]].compactMap { $0 }
            + element.all(.atom("link")).filter { ($0[attribute: "rel"] ?? "alternate") == "alternate" }
            .compactMap { $0[attribute: "href"] }
        hasLink = element[.rss("link")] != nil || !links.isEmpty
        description =
            element.firstText(
                .rss("description"), .dc("description"), .atom("summary"), .rss("summary"), .rss("abstract"),
                XMLName(.itunes, "summary"), XMLName(.media, "description"))
        content = Self.content(element)
        let guid = element[.rss("guid")]
        self.guid = guid.flatMap { FieldText.token($0.text) }
        isGUIDPermalink = guid?[attribute: "ispermalink"]?.lowercased() != "false"
        creators = (element.all(.dc("creator")) + element.all(.dc("author"))).map(\.text)
        authors =
            element.all(.rss("author")).map { $0.text(.rss("name")) ?? $0.text }
            + element.all(.atom("author")).compactMap { $0.text(.atom("name")) }
            + element.all(XMLName(.itunes, "author")).map(\.text)
        categories =
            (element.all(.rss("category")) + element.all(.dc("subject")) + element.all(XMLName(.media, "category")))
            .compactMap { FieldText.clean($0.text) }
            + element.all(XMLName(.itunes, "category")).compactMap { $0[attribute: "text"] }
        pubDate = element.text(.rss("pubdate"))
        date = element.firstText(
            .dc("date"), .prism("publicationdate"), .atom("published"), .dc("issued"), .dc("created"),
            .dc("available"), .rss("date"))
        modified =
            element.firstText(.dc("modified"), .atom("updated"), .prism("modificationdate"))
            ?? element[attribute: "lastmod"].map { Array($0.utf8) }
        identifiers =
            [element.token(.prism("doi")), element.token(.arXiv("doi"))].compactMap { $0 }
            + element.all(.dc("identifier")).compactMap { FieldText.token($0.text) }
        enclosures = element.all(.rss("enclosure")).map { ($0[attribute: "url"] ?? "", $0[attribute: "type"] ?? "") }
        commentCount = element.token(XMLName(.slash, "comments")).flatMap { Int($0) }
        commentsURL = element.token(.rss("comments"))
    }

    private static func content(_ element: XMLElement) -> DeclaredText? {
        var best: (rank: Int, index: Int)?
        for index in element.children.indices {
            guard let rank = rank(element.children[index].name), rank < best?.rank ?? .max,
                !element.children[index].text.isEmpty
            else { continue }
            best = (rank, index)
        }
        if let best {
            let child = element.children[best.index]
            return child.name.space == .atom ? DeclaredText(atom: child) : DeclaredText(child.text, .html)
        }
        // A second text beside the description, which many give twice.
        let second = element.text(.rss("description")).flatMap { description in
            element.firstText(.rss("summary"), XMLName(.itunes, "summary")).flatMap { $0 == description ? nil : $0 }
        }
        return second.map { DeclaredText($0, .undeclared) }
    }

    /// The elements that hold the whole text, best first.
    private static func rank(_ name: XMLName) -> Int? {
        switch name.space {
        case .content: name.local == "encoded" ? 0 : nil
        case .xhtml: name.local == "body" ? 2 : nil
        case .rss: name.local == "fullitem" ? 1 : name.local == "body" ? 3 : nil
        case .atom: name.local == "content" ? 4 : nil
        default: nil
        }
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
        link =
            channel.token(.rss("link")) ?? selfLink ?? channel[attribute: "about"] ?? channel[attribute: "href"]
        date =
            channel.text(.rss("lastbuilddate")) ?? channel.text(.rss("pubdate"))
            ?? channel.firstText(.dc("date"), .dc("modified"), .dc("created"))
    }

    func fill(_ feed: inout ParsedFeed, _ text: DecodedText) {
        feed.title = FieldText.clean(title)
        feed.url = link.flatMap { WebAddress.resolve($0, against: XMLFeed.base(of: text, root)) } ?? text.url
        feed.updated = FeedDate.parse(date)
        feed.refresh = RefreshHints(root[.rss("channel")] ?? root)
    }
}
