import Core
import Foundation

/// A paper as somebody cites it: what is known of it, and nothing that is not, such as a volume or a page.
public struct Citation: Sendable {
    /// What is cited, as far as reference managers tell it apart.
    public enum Kind: Sendable {
        /// On a server of preprints.
        case preprint
        /// In a journal or in proceedings.
        case article
        /// A DOI or a page of which no more is known.
        case other
    }

    /// The same at every time and in every list, of lower-case letters, digits, `-` and `.`; no two papers have one key.
    public let key: String
    public let kind: Kind
    public let title: String
    public let names: [CitedName]
    /// Of publication, in UTC.
    public let day: CivilDate?
    public let abstract: String
    public let keywords: [String]
    /// The journal or the proceedings, as a feed names them: for an ``Kind/article`` alone.
    public let journal: String?
    /// The server of a preprint.
    public let server: String?
    public let arXivID: String?
    /// `cs.CL`, where the paper is on arXiv.
    public let primaryClass: String?
    public let doi: String?
    /// The paper's own page.
    public let url: String?
    public let pdfURL: String?
    /// What became of the paper, and where a preprint says that it appeared.
    public let notes: [String]

    public init(_ paper: Paper) {
        title = Self.line(paper.title)
        names = paper.authors.map { Self.line($0.name) }.filter { !$0.isEmpty }.map(CitedName.init)
        day = paper.publishedAt.map { CivilZone.utc.day(of: $0) }
        abstract = Self.line(paper.abstract)
        keywords = paper.keywords.map(Self.line).filter { !$0.isEmpty }
        arXivID = paper.id.arXivID?.description
        primaryClass = arXivID == nil ? nil : paper.categories.first.map(Self.line)
        doi = Self.doi(of: paper)
        url = Self.address(paper.url)
        pdfURL = Self.address(paper.pdfURL)
        let venue = paper.journal.map(Self.line).flatMap { $0.isEmpty ? nil : $0 }
        if arXivID != nil {
            // The day is that of the preprint: as one of the journal's it would be wrong.
            (kind, server, journal) = (.preprint, "arXiv", nil)
        } else if let venue, Self.servers.contains(venue.lowercased()) {
            (kind, server, journal) = (.preprint, venue, nil)
        } else {
            (kind, server, journal) = (venue == nil ? .other : .article, nil, venue)
        }
        let standing: String? =
            switch paper.status {
            case .retracted: "Retracted"
            case .withdrawn: "Withdrawn"
            case .concern: "Expression of concern"
            case nil: nil
            }
        notes = [standing, arXivID == nil ? nil : venue].compactMap(\.self)
        key = Self.key(of: paper, names.first, day)
    }

    /// Those that feeds name as if they were journals.
    private static let servers: Set<String> = [
        "arxiv", "biorxiv", "medrxiv", "chemrxiv", "psyarxiv", "ssrn", "research square", "techrxiv", "preprints.org",
    ]

    /// As one line, which every format can hold.
    private static func line(_ text: String) -> String { PlainText.clean(text, as: .plain) }

    private static func doi(of paper: Paper) -> String? {
        let named = paper.id.scheme == .doi ? paper.id : paper.doi.flatMap { PaperID(parsing: $0) }
        guard let named, named.scheme == .doi else { return nil }
        let doi = VersionedDOI.registered(named.value)
        // No format can hold a DOI that BibTeX's braces would end; its page has it percent-encoded.
        return doi.utf8.contains(where: Self.breaksFields) ? nil : doi
    }

    /// An http address of visible ASCII, other characters percent-encoded.
    private static func address(_ text: String?) -> String? {
        guard let text = text?.trimmed, text.utf8.first.map({ $0 | 0x20 }) == UInt8(ascii: "h"),
            ["http://", "https://"].contains(where: { text.lowercased().hasPrefix($0) })
        else { return nil }
        var address = ""
        for byte in text.utf8 {
            if (0x21...0x7E).contains(byte), !breaksFields(byte) {
                address.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                address += "%" + String(byte >> 4, radix: 16, uppercase: true)
                address += String(byte & 15, radix: 16, uppercase: true)
            }
        }
        return address
    }

    private static func breaksFields(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "\\")
    }

    // MARK: - Keys

    /// `vaswani2017-1706.03762`: who and when for those who write, the identifier so that it is the only one. Of identifiers
    /// that no key can hold it has a hash.
    private static func key(of paper: Paper, _ first: CitedName?, _ day: CivilDate?) -> String {
        let name = first.map { letters($0.family) } ?? ""
        let year = day.map { String($0.year) } ?? ""
        let id =
            arXivKey(paper.id)
            ?? String(FNV1a.hash(paper.id.key.utf8) >> 8, radix: 36)
        return "\(name.isEmpty ? "paper" : name)\(year)-\(id)"
    }

    private static func arXivKey(_ id: PaperID) -> String? {
        id.arXivID.map { $0.description.lowercased().replacing("/", with: "-") }
    }

    /// The Latin letters of a name without their marks.
    private static func letters(_ name: String) -> String {
        String(
            name.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars.filter {
                ("a"..."z").contains($0)
            }
            .prefix(40).map(Character.init))
    }
}
