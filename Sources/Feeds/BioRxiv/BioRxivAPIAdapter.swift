import Papers

/// `https://api.biorxiv.org/details/…` for bioRxiv and medRxiv.
enum BioRxivAPIAdapter {
    static func parse(_ text: DecodedText) throws(FeedError) -> ParsedFeed {
        var feed = ParsedFeed(kind: .bioRxivAPI, text)
        var status: String?
        var cursor = 0
        var count: Int?
        try JSONObjectFeed.read(text, into: &feed) { (key, value, feed) throws(JSONError) in
            switch key {
            case "messages":
                try value.forEachElement { (_, message) throws(JSONError) in
                    try message.members { (key, value) throws(JSONError) in
                        switch key {
                        case "status": status = try value.text()
                        case "cursor": cursor = max(0, try value.integer() ?? 0)
                        case "count": count = try value.integer()
                        case "total": feed.total = try value.integer()
                        default: try value.skip()
                        }
                    }
                }
            case "collection":
                try JSONObjectFeed.entries(&value, into: &feed) { (reader) throws(JSONError) in
                    try BioRxivRow(&reader)
                } entry: {
                    entry($0)
                }
            default: try value.skip()
            }
        }
        if feed.entries.isEmpty, let status, status != "ok", !status.hasPrefix("no posts found") {
            throw FeedError(.reported, "the bioRxiv API says: \(status): correct the interval in the address")
        }
        // Pages hold 30 rows now and held 100 before: the next one starts after the rows that came.
        let (next, overflows) = cursor.addingReportingOverflow(count ?? feed.entries.count + feed.dropped.count)
        if let total = feed.total, next > cursor, next < total, !overflows { feed.resumptionToken = String(next) }
        feed.title = feed.entries.first?.journal.map { "\($0) preprints" }
        feed.url = text.url
        return feed
    }

    private static func entry(_ row: BioRxivRow) -> Result<Entry, DropReason> {
        guard let id = row.doi.flatMap({ PaperID(parsing: $0) }), id.scheme == .doi else {
            return .failure(DropReason("it has no DOI"))
        }
        guard let title = row.title else { return .failure(DropReason("it has no title")) }
        var entry = Entry(id: id, title: title)
        let server = row.server ?? "bioRxiv"
        let host = server.lowercased() == "medrxiv" ? "www.medrxiv.org" : "www.biorxiv.org"
        let page = "https://\(host)/content/\(id.value)v\(row.version ?? "1")"
        entry.url = page
        entry.pdfURL = page + ".full.pdf"
        // The journal's version, where there is one, is the same paper.
        entry.doi = row.published.flatMap { PaperID(parsing: $0) }.flatMap { $0.scheme == .doi ? $0.value : nil }
        entry.authors = row.authors.map { AuthorList.authors(inSemicolonList: $0) } ?? []
        entry.categories = row.category.map { [$0] } ?? []
        entry.published = row.date.flatMap(FeedDate.parse)
        entry.abstract = row.abstract.flatMap { BioRxivText.clean($0) }
        entry.organization = row.institution
        entry.journal = server
        // Each version is a row, and `date` is that of the version.
        if let version = row.version.flatMap({ Int($0) }), version > 1 { entry.announceType = .replace }
        return .success(entry)
    }
}
