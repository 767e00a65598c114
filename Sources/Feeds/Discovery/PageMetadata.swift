import Papers

/// What an article's web page says of the article: the `citation_…` tags that Google Scholar asks publishers for
/// (https://scholar.google.com/intl/en/scholar/inclusion.html), else Open Graph's (https://ogp.me).
public enum PageMetadata {
    /// The paper that a page is about, or nil where the page names no title.
    ///
    /// The identifier is the arXiv id or DOI that the page names, else the page's address.
    public static func entry(inPage html: [UInt8], contentType: String?, url: String) -> Entry? {
        let text = DecodedText(FeedDocument(bytes: html, contentType: contentType, url: url)).utf8
        let tags = metaTags(text)
        func first(_ names: String...) -> String? {
            names.lazy.compactMap { name in tags.first { $0.name == name && !$0.content.isEmpty }?.content }.first
        }
        guard let title = first("citation_title", "dc.title", "og:title") else { return nil }
        let named = [first("citation_arxiv_id"), first("citation_doi", "dc.identifier"), url].compactMap(\.self)
        guard let id = named.lazy.compactMap({ PaperID(parsing: $0) }).first else { return nil }
        var entry = Entry(id: id, title: PlainText.clean(title))
        entry.url = url
        entry.doi = first("citation_doi").flatMap { PaperID(parsing: $0) }.flatMap {
            $0.scheme == .doi ? $0.value : nil
        }
        entry.authors = tags.filter { $0.name == "citation_author" }.compactMap { author($0.content) }
        entry.abstract = first("citation_abstract", "dc.description", "og:description", "description").map(
            PlainText.clean)
        entry.pdfURL = first("citation_pdf_url").flatMap { WebAddress.resolve($0, against: url) }
        entry.journal = first("citation_journal_title", "citation_conference_title").map(PlainText.clean)
        entry.published = first(
            "citation_online_date", "citation_publication_date", "citation_date", "article:published_time"
        )
        .map { $0.replacing("/", with: "-") }.flatMap(FeedDate.parse)
        return entry
    }

    /// `Lovelace, Ada` as well as `Ada Lovelace`.
    private static func author(_ text: String) -> Author? {
        let name = PlainText.clean(text)
        return name.contains(",") ? AuthorList.author(surnameFirst: name) : name.isEmpty ? nil : Author(name)
    }

    private static func metaTags(_ html: [UInt8]) -> [(name: String, content: String)] {
        var tags: [(name: String, content: String)] = []
        var index = 0
        while let open = html[index...].firstIndex(of: UInt8(ascii: "<")) {
            index = open + 1
            guard let tag = HTMLStartTag(html, at: open) else { continue }
            index = tag.end
            guard tag.name == "meta", let name = tag["name"] ?? tag["property"], let content = tag["content"] else {
                continue
            }
            tags.append((name.lowercased(), content))
        }
        return tags
    }
}
