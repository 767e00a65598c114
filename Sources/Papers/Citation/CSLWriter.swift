import Foundation

/// Papers as CSL-JSON (https://github.com/citation-style-language/schema, version 1.0.2).
enum CSLWriter {
    static func document(_ papers: [Citation]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        // Texts alone are written, which JSON always holds.
        guard let bytes = try? encoder.encode(papers.map(Item.init)) else { return "[]\n" }
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }

    private struct Name: Encodable {
        var given: String?
        var particle: String?
        var family: String?
        var suffix: String?
        var literal: String?

        enum CodingKeys: String, CodingKey {
            case given, family, suffix, literal
            case particle = "non-dropping-particle"
        }

        init(_ name: CitedName) {
            guard !name.isWhole else {
                literal = name.family
                return
            }
            given = name.given
            particle = name.particle.isEmpty ? nil : name.particle
            family = name.family
            suffix = name.suffix.isEmpty ? nil : name.suffix
        }
    }

    private struct Issued: Encodable {
        let parts: [[Int]]

        enum CodingKeys: String, CodingKey { case parts = "date-parts" }
    }

    private struct Item: Encodable {
        let id: String
        let type: String
        let title: String?
        let author: [Name]?
        let issued: Issued?
        let containerTitle: String?
        let publisher: String?
        let number: String?
        let doi: String?
        let url: String?
        let keyword: String?
        let note: String?
        let abstract: String?

        enum CodingKeys: String, CodingKey {
            case id, type, title, author, issued, publisher, number, keyword, note, abstract
            case containerTitle = "container-title"
            case doi = "DOI"
            case url = "URL"
        }

        init(_ paper: Citation) {
            func text(_ text: String) -> String? { text.isEmpty ? nil : text }
            id = paper.key
            type =
                switch paper.kind {
                case .preprint: "article"
                case .article: "article-journal"
                case .other: paper.doi == nil ? "webpage" : "article"
                }
            title = text(paper.title)
            author = paper.names.isEmpty ? nil : paper.names.map(Name.init)
            issued = paper.day.map { Issued(parts: [[$0.year, $0.month, $0.day]]) }
            containerTitle = paper.journal
            publisher = paper.server
            number = paper.arXivID.map { "arXiv:\($0)" }
            doi = paper.doi
            url = paper.url
            keyword = text(paper.keywords.joined(separator: ", "))
            note = text(paper.notes.joined(separator: ". "))
            abstract = text(paper.abstract)
        }
    }
}
