import Core
import Papers

/// Somebody's library as a reference manager exports it, read in one pass whose time grows with the document only.
public struct ParsedLibrary: Sendable {
    /// A library of thousands of entries with abstracts is smaller.
    public static let maxBytes = 5 << 20
    /// The most entries that are read; what follows is left, and ``isCut`` says so.
    public static let mostEntries = 5_000
    /// So many of those that are no entries are told one by one.
    static let mostTold = 100

    public let format: LibraryFormat
    /// In the order of the document.
    public private(set) var entries: [LibraryEntry] = []
    /// The first that could not be read.
    public private(set) var skipped: [SkippedEntry] = []
    /// How many could not be read, those in ``skipped`` among them.
    public private(set) var skippedCount = 0
    /// Whether the document has more entries than are read.
    public private(set) var isCut = false

    /// - Throws: ``LibraryError`` for a document that holds no entry that can be read.
    public init(parsing bytes: [UInt8]) throws(LibraryError) {
        guard bytes.count <= Self.maxBytes else { throw LibraryError(.tooLarge) }
        let text = DecodedText(FeedDocument(bytes: bytes))
        guard text.utf8.contains(where: { !$0.isXMLBlank && $0 != 0 }) else { throw LibraryError(.empty) }
        format = LibraryFormat.format(of: text.utf8)
        switch format {
        case .bibTeX: BibTeXLibrary.read(text.utf8, into: &self)
        case .ris: RISLibrary.read(text.utf8, into: &self)
        case .cslJSON: try CSLLibrary.read(text.utf8, into: &self)
        case .zoteroRDF: try RDFLibrary.read(text, into: &self)
        case .csv: CSVLibrary.read(text.utf8, into: &self)
        case .identifiers: IdentifierList.read(text.utf8, into: &self)
        }
        if entries.isEmpty, skipped.isEmpty || format == .identifiers { throw LibraryError(.unknown) }
    }

    /// Whether more is wanted; where not, the document is cut here.
    mutating func wantsMore() -> Bool {
        // What is no entry costs as much to read as one that is.
        if max(entries.count, skippedCount) >= Self.mostEntries { isCut = true }
        return !isCut
    }

    /// Takes an entry, unless it names no paper at all.
    ///
    /// - Parameters:
    ///   - line: on which it begins, from 1.
    ///   - name: by which its owner knows it.
    mutating func take(_ entry: LibraryEntry, line: Int? = nil, name: String = "") {
        guard !entry.title.isEmpty || !entry.ids.isEmpty else { return skip(.unnamed, line: line, name: name) }
        guard wantsMore() else { return }
        entries.append(entry)
    }

    /// Gives an entry that was taken the year that another entry names.
    mutating func setYear(_ year: Int, of place: Int) { entries[place].year = year }

    mutating func skip(_ reason: SkippedEntry.Reason, line: Int? = nil, name: String = "") {
        skippedCount += 1
        guard skipped.count < Self.mostTold else { return }
        let name = PlainText.clean(FieldLimits.cut(name, to: 200), as: .plain)
        skipped.append(SkippedEntry(line: line, name: FieldLimits.cut(name, toCharacters: 60), reason: reason))
    }
}
