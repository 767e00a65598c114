import Foundation
import Papers

/// What arXiv's RSS and Atom listings say alike, in their own terms: one element for all authors, the announcement's kind,
/// and an abstract behind a line of bookkeeping.
struct ArXivListing {
    let announceType: AnnounceType?
    let abstract: [UInt8]
    let authors: [Author]
    let doi: String?
    let journal: String?

    /// - Parameter summary: `arXiv:2609.26811v1 Announce Type: new \nAbstract: …`
    init(_ element: XMLElement, summary: [UInt8]) {
        announceType =
            element.token(.arXiv("announce_type")).flatMap(AnnounceType.init) ?? Self.announceType(in: summary)
        abstract = Self.abstract(in: summary)
        authors = AuthorList.authors(inCreators: element.all(.dc("creator")).map(\.text))
        doi = element.token(.arXiv("doi"))
        journal = Self.text(element.text(.arXiv("journal_reference")) ?? element.text(.arXiv("journal_ref")))
    }

    /// arXiv's words are TeX without markup, whatever the format; some authors leave HTML's references in them.
    static func text(_ utf8: [UInt8]?) -> String? { FieldText.clean(utf8, as: .plainWithReferences) }

    private static func abstract(in summary: [UInt8]) -> [UInt8] {
        let mark = Array("Abstract:".utf8)
        let head = summary.prefix(200)
        guard summary.holds("arXiv:", at: summary.firstIndex { !$0.isXMLBlank } ?? 0),
            let start = head.indices.first(where: { summary.holds("Abstract:", at: $0) })
        else { return summary }
        return Array(summary[(start + mark.count)...])
    }

    private static func announceType(in summary: [UInt8]) -> AnnounceType? {
        let head = String(decoding: summary.prefix(120), as: UTF8.self)
        guard let mark = head.range(of: "Announce Type: ") else { return nil }
        return AnnounceType(rawValue: String(head[mark.upperBound...].prefix { !$0.isWhitespace }))
    }

    func fill(_ entry: inout Entry, id: PaperID) {
        entry.announceType = announceType
        entry.abstract = Self.text(abstract)
        entry.status = ArXivWithdrawal.status(entry.abstract)
        entry.authors = authors
        entry.doi = doi
        entry.journal = journal
        entry.pdfURL = "https://arxiv.org/pdf/\(id.value)"
    }
}
