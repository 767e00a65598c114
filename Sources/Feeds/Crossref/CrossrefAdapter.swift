import Papers

/// Crossref's `works` as entries: a list, or a single work.
enum CrossrefAdapter {
    static func parse(_ text: DecodedText) throws(FeedError) -> ParsedFeed {
        var feed = ParsedFeed(kind: .crossref, text)
        var complaint: String?
        try JSONObjectFeed.read(text, into: &feed) { (key, value, feed) throws(JSONError) in
            guard key == "message" else { return try value.skip() }
            complaint = try message(&value, into: &feed)
        }
        if feed.entries.isEmpty, let complaint {
            throw FeedError(.reported, "Crossref says: \(complaint): correct the query in the address")
        }
        feed.url = text.url
        return feed
    }

    private static func message(_ reader: inout JSONReader, into feed: inout ParsedFeed) throws(JSONError) -> String? {
        guard try reader.kind() == .object else {
            var words: String?
            if try reader.kind() == .array {
                try reader.forEachElement { (_, problem) throws(JSONError) in
                    try problem.members { (key, value) throws(JSONError) in
                        if key == "message" { words = try value.text() } else { try value.skip() }
                    }
                }
            } else {
                words = try reader.text()
            }
            return words
        }
        let start = reader
        var isList = false
        try reader.members { (key, value) throws(JSONError) in
            switch key {
            case "items":
                isList = true
                try JSONObjectFeed.entries(&value, into: &feed) { (reader) throws(JSONError) in
                    try CrossrefWork(&reader)
                } entry: {
                    entry($0)
                }
            case "total-results": feed.total = try value.integer()
            case "next-cursor": feed.resumptionToken = try value.token()
            default: try value.skip()
            }
        }
        guard !isList else { return nil }
        reader = start
        switch entry(try CrossrefWork(&reader)) {
        case .success(let single): feed.entries = [single]
        case .failure(let reason): feed.dropped = [DroppedEntry(which: "the work", reason: reason.text)]
        }
        return nil
    }

    private static func entry(_ work: CrossrefWork) -> Result<Entry, DropReason> {
        let related = work.relatedDOIs.compactMap { PaperID(parsing: $0) }
        guard let own = work.doi.flatMap({ PaperID(parsing: $0) }) else { return .failure(DropReason("it has no DOI")) }
        if let reason = CrossrefKind.reasonAgainst(work) { return .failure(DropReason(reason)) }
        guard let title = CrossrefText.title(work.titles.first, subtitle: work.subtitles.first) else {
            return .failure(DropReason("it has no title"))
        }
        if let notice = CrossrefKind.notice(work, title: title, own: own) { return notice }
        // A journal's article that names its arXiv preprint is that paper.
        let id = related.first { $0.scheme == .arxiv } ?? own
        var entry = Entry(id: id, title: title)
        entry.url = (work.pageURL ?? work.url).flatMap { WebAddress.resolve($0, against: nil) } ?? own.pageURL
        entry.pdfURL = work.pdfURL.flatMap { WebAddress.resolve($0, against: nil) }
        let other = id == own ? related.first { $0.scheme == .doi && $0 != own } : own
        entry.doi = (other ?? own).scheme == .doi ? (other ?? own).value : nil
        entry.abstract = work.abstract
        entry.authors = work.authors
        entry.categories = work.subjects
        entry.journal = work.containers.first
        let order = ["published-online", "posted", "published", "published-print", "issued", "created"]
        entry.published = order.lazy.compactMap { work.dates[$0] }.first
        entry.updated = work.dates["deposited"]
        entry.status = work.updatedBy.compactMap { CrossrefKind.status(of: $0.type) }.max()
        if CrossrefKind.isRevision(work) { entry.announceType = .replace }
        return .success(entry)
    }
}
