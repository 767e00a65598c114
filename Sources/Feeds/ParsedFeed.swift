import Core
import Foundation
import Papers

/// A feed that was read: what it says of itself, and its entries.
public struct ParsedFeed: Sendable {
    public let kind: FeedKind
    /// The encoding the document was in: `UTF-8`, `ISO-8859-1`, …
    public let charset: String
    /// Who said so: `byte order mark`, `HTTP header`, `XML declaration`, `content`.
    public let charsetSource: String
    public var title: String?
    /// The page that the feed belongs to, or its own address where it names none.
    public var url: String?
    public var updated: Date?
    public var entries: [Entry] = []
    /// What was wrong with the document and has been mended, one sentence each.
    public var repairs: [String] = []
    /// Entries that could not be read; the others were.
    public var dropped: [DroppedEntry] = []
    /// Identifiers of records that their source has withdrawn (OAI-PMH).
    public var deleted: [String] = []
    /// What asks for the next page: OAI-PMH's token, Crossref's cursor, the bioRxiv API's row. Nil on the last page.
    public var resumptionToken: String?
    /// How many entries all pages have, where the source says so.
    public var total: Int?
    /// How often the feed wants to be asked.
    public var refresh = RefreshHints()
    /// How many entries are read.
    let mostEntries: Int

    init(kind: FeedKind, _ text: DecodedText) {
        self.kind = kind
        charset = text.charset
        charsetSource = text.source
        mostEntries = text.mostEntries
    }
}

/// An entry that was left out, so that one bad entry never costs the feed.
public struct DroppedEntry: Hashable, Sendable, CustomStringConvertible {
    /// Its place in the document from 1, with its title or identifier where there is one.
    public let which: String
    public let reason: String

    /// Longer texts are cut: both quote the document.
    init(which: String, reason: String) {
        self.which = FieldLimits.cut(which, to: 300)
        self.reason = FieldLimits.cut(reason, to: 300)
    }

    public var description: String { "\(which): \(reason)" }
}

extension ParsedFeed {
    /// Reads a feed of any kind in ``FeedKind``.
    ///
    /// The format is told from the document itself, never from its media type. Documents that break off keep the entries
    /// before the break; what was mended is in ``repairs``.
    public init(parsing document: FeedDocument) throws(FeedError) {
        let text = DecodedText(document)
        do throws(FeedError) {
            self = try Self.parse(text)
        } catch {
            throw error.at(document.url)
        }
        repairs.insert(contentsOf: text.repairs, at: 0)
        EntryIdentity.settle(&self, document: document.url)
        cutFields()
    }

    /// Gives the feed's authors to the entries that name none; of very many the first.
    mutating func handDown(_ authors: [Author]) {
        let few = Array(authors.prefix(FieldLimits.handedDown))
        for index in entries.indices where entries[index].authors.isEmpty { entries[index].authors = few }
    }

    private mutating func cutFields() {
        title = title.map { FieldLimits.cut($0, toCharacters: FieldLimits.title) }
        url = url.flatMap { $0.utf8.count > FieldLimits.address ? nil : $0 }
        var count = 0
        for index in entries.indices where FieldLimits.apply(to: &entries[index]) { count += 1 }
        if count > 0 {
            repairs.append(
                "\(counted(count, "entry", plural: "entries")) had fields longer than any paper's, which were cut")
        }
    }

    private static func parse(_ text: DecodedText) throws(FeedError) -> ParsedFeed {
        switch try Sniffer.format(of: text) {
        case .huggingFace: try HuggingFaceAdapter.parse(text)
        case .arXivRSS: try ArXivRSSAdapter.parse(text)
        case .arXivAtom: try ArXivAtomAdapter.parse(text)
        case .arXivAPI: try ArXivAPIAdapter.parse(text)
        case .rss: try RSSAdapter.parse(text)
        case .rdf: try RDFAdapter.parse(text, kind: .rdf)
        case .bioRxivRSS: try RDFAdapter.parse(text, kind: .bioRxivRSS)
        case .pubMedRSS: try PubMedAdapter.parse(text)
        case .atom: try AtomAdapter.parse(text)
        case .jsonFeed: try JSONFeedAdapter.parse(text)
        case .oaiDublinCore: try OAIAdapter.parse(text, kind: .oaiDublinCore)
        case .oaiArXiv: try OAIAdapter.parse(text, kind: .oaiArXiv)
        case .bioRxivAPI: try BioRxivAPIAdapter.parse(text)
        case .crossref: try CrossrefAdapter.parse(text)
        case .openReview: try OpenReviewAdapter.parse(text)
        }
    }
}
