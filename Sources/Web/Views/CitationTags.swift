import Digests
import Foundation
import Papers

/// What a paper's page says of the paper to Zotero, Google Scholar and other programs.
struct CitationTags: Sendable {
    private let paper: Citation
    /// Of the page here.
    private let page: String

    init(_ paper: Paper, page: String) {
        self.paper = Citation(paper)
        self.page = page
    }

    func fill(_ context: inout TemplateContext) {
        context.set(
            "citations",
            meta.map { name, content in
                var context = TemplateContext()
                context.set("name", "citation_\(name)")
                context.set("content", DisplayText.line(content))
                return context
            })
        context["jsonLD"] = jsonLD.map { .markup($0) }
    }

    /// The tags of Highwire Press (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing).
    private var meta: [(String, String)] {
        var tags: [(String, String)] = []
        func add(_ name: String, _ content: String?) {
            if let content, !content.isEmpty { tags.append((name, content)) }
        }
        add("title", paper.title)
        for name in paper.names { add("author", name.familyFirst) }
        add("publication_date", paper.day?.description.replacing("-", with: "/"))
        add("journal_title", paper.journal)
        add("publisher", paper.server)
        add("arxiv_id", paper.arXivID)
        add("doi", paper.doi)
        add("abstract_html_url", paper.url)
        add("pdf_url", paper.pdfURL)
        add("keywords", paper.keywords.joined(separator: "; "))
        add("abstract", paper.abstract)
        return tags
    }

    /// JSON-LD with the words of https://schema.org/ScholarlyArticle: data, which no browser runs.
    private var jsonLD: String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(ScholarlyArticle(paper, page: page)) else { return nil }
        // Nothing in it may end the element it stands in, or begin another.
        var text = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "<": text += "\\u003C"
            case ">": text += "\\u003E"
            case "&": text += "\\u0026"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

private struct ScholarlyArticle: Encodable {
    struct Author: Encodable {
        let type: String
        let name: String
        let givenName: String?
        let familyName: String?

        init(_ author: CitedName) {
            // Whether a name of one piece is a person's, nobody knows.
            type = author.isWhole ? "Thing" : "Person"
            name = DisplayText.line(author.givenFirst)
            givenName = author.isWhole ? nil : DisplayText.line(author.given)
            familyName = author.isWhole ? nil : DisplayText.line(author.fullFamily)
        }

        enum CodingKeys: String, CodingKey {
            case type = "@type"
            case name, givenName, familyName
        }
    }

    struct Named: Encodable {
        let type: String
        let name: String

        enum CodingKeys: String, CodingKey {
            case type = "@type"
            case name
        }
    }

    struct Identifier: Encodable {
        let type = "PropertyValue"
        let propertyID: String
        let value: String

        enum CodingKeys: String, CodingKey {
            case type = "@type"
            case propertyID, value
        }
    }

    struct Document: Encodable {
        let type = "MediaObject"
        let encodingFormat = "application/pdf"
        let contentURL: String

        enum CodingKeys: String, CodingKey {
            case type = "@type"
            case encodingFormat
            case contentURL = "contentUrl"
        }
    }

    let context = "https://schema.org"
    let type = "ScholarlyArticle"
    let name: String
    let headline: String
    let author: [Author]?
    let datePublished: String?
    let abstract: String?
    let keywords: [String]?
    let identifier: [Identifier]?
    let isPartOf: Named?
    let publisher: Named?
    let encoding: Document?
    let sameAs: String?
    let mainEntityOfPage: String

    enum CodingKeys: String, CodingKey {
        case context = "@context"
        case type = "@type"
        case name, headline, author, datePublished, abstract, keywords, identifier, isPartOf, publisher, encoding,
            sameAs
        case mainEntityOfPage
    }

    init(_ paper: Citation, page: String) {
        name = DisplayText.line(paper.title)
        headline = name
        author = paper.names.isEmpty ? nil : paper.names.map(Author.init)
        datePublished = paper.day?.description
        abstract = paper.abstract.isEmpty ? nil : DisplayText.line(paper.abstract)
        keywords = paper.keywords.isEmpty ? nil : paper.keywords.map(DisplayText.line)
        let identifiers = [
            paper.arXivID.map { Identifier(propertyID: "arXiv", value: $0) },
            paper.doi.map { Identifier(propertyID: "DOI", value: $0) },
        ].compactMap(\.self)
        identifier = identifiers.isEmpty ? nil : identifiers
        isPartOf = paper.journal.map { Named(type: "Periodical", name: DisplayText.line($0)) }
        publisher = paper.server.map { Named(type: "Organization", name: DisplayText.line($0)) }
        encoding = WebAddress.link(paper.pdfURL).map { Document(contentURL: $0) }
        sameAs = WebAddress.link(paper.url)
        mainEntityOfPage = page
    }
}
