import Papers

/// `https://export.arxiv.org/api/query?…` (https://info.arxiv.org/help/api/user-manual.html), in the form of before and
/// after November 2025.
enum ArXivAPIAdapter {
    static func parse(_ text: DecodedText) throws(FeedError) -> ParsedFeed {
        var feed = ParsedFeed(kind: .arXivAPI, text)
        var complaint: String?
        try XMLFeed.read(text, entries: ["entry"], into: &feed) { element, _ in
            let atom = AtomEntry(element)
            if let words = errorWords(atom) {
                complaint = complaint ?? words
                return .failure(DropReason(words))
            }
            return entry(atom, element)
        } head: { root, feed throws(FeedError) in
            AtomFeed(root).fill(&feed, text, nil)
            if let complaint {
                throw FeedError(.reported, "arXiv says: \(complaint): correct the query in the address")
            }
        }
        return feed
    }

    /// Errors arrive as a feed with one entry that is no paper.
    private static func errorWords(_ atom: AtomEntry) -> String? {
        guard atom.id?.contains("arxiv.org/api/errors") ?? false else { return nil }
        return FieldText.clean(atom.summary) ?? FieldText.clean(atom.title) ?? "error"
    }

    private static func entry(_ atom: AtomEntry, _ element: XMLElement) -> Result<Entry, DropReason> {
        guard let id = PaperFinder.id(in: [atom.id]), id.scheme == .arxiv else {
            return .failure(DropReason("its id “\(atom.id ?? "")” holds no arXiv identifier"))
        }
        guard let title = ArXivListing.text(atom.title?.utf8) else { return .failure(DropReason("it has no title")) }
        var entry = Entry(id: id, title: title)
        // The API's addresses carry the version, and a paper's page is the newest one.
        entry.url = id.pageURL
        entry.pdfURL = "https://arxiv.org/pdf/\(id.value)"
        entry.abstract = ArXivListing.text(atom.summary?.utf8)
        entry.authors = atom.authors
        entry.published = FeedDate.parse(atom.published)
        entry.updated = FeedDate.parse(atom.updated)
        entry.categories = categories(atom, primary: element[.arXiv("primary_category")]?[attribute: "term"])
        entry.doi = element.token(.arXiv("doi"))
        entry.journal = ArXivListing.text(element.text(.arXiv("journal_ref")))
        entry.status = ArXivWithdrawal.status(FieldText.clean(element.text(.arXiv("comment"))), entry.abstract)
        return .success(entry)
    }

    private static func categories(_ atom: AtomEntry, primary: String?) -> [String] {
        guard let primary else { return atom.categories }
        return [primary] + atom.categories.filter { $0 != primary }
    }
}
