import Papers

/// What every XML format does: entries one by one into the feed, then the head.
enum XMLFeed {
    static func read(
        _ text: DecodedText, entries names: [String], into feed: inout ParsedFeed,
        entry: (_ element: XMLElement, _ base: String?) -> Result<Entry, DropReason>,
        head: (XMLElement, inout ParsedFeed) throws(FeedError) -> Void
    ) throws(FeedError) {
        var count = 0
        var entries: [Entry] = []
        var dropped: [DroppedEntry] = []
        let outcome = try XMLReader.read(text, entries: names) { element, root in
            count += 1
            switch entry(element, element.base ?? base(of: text, root)) {
            case .success(let entry): entries.append(entry)
            case .failure(let reason): dropped.append(DroppedEntry(which: name(element, count), reason: reason.text))
            }
        }
        feed.entries = entries
        feed.dropped = dropped
        feed.repairs += outcome.repairs
        guard let root = outcome.head else {
            let problem = outcome.problem.map { " (\($0))" } ?? ""
            throw FeedError(.malformed, "it breaks before its first element ends\(problem): fetch it again")
        }
        try head(root, &feed)
        if outcome.wasTruncated, entries.isEmpty {
            throw FeedError(.malformed, "it breaks off before its first entry ends: fetch it again")
        }
    }

    /// What relative links are relative to: where the document came from, else where it says it is at home.
    static func base(of text: DecodedText, _ root: XMLElement) -> String? {
        if let url = text.url, WebAddress.resolve(url, against: nil) != nil { return url }
        let channel = root[.rss("channel")] ?? root
        let own = channel.all(.atom("link")).first { $0[attribute: "rel"]?.lowercased() == "self" }?[attribute: "href"]
        return own.flatMap { WebAddress.resolve($0, against: nil) }
    }

    private static func name(_ element: XMLElement, _ number: Int) -> String {
        let title = element.children.first { $0.name.local == "title" }.flatMap { FieldText.clean($0.text) }
        return "entry \(number)" + (title.map { " “\($0)”" } ?? "")
    }
}
