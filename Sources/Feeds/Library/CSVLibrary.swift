import Core
import Papers

/// A table with a heading: Zotero's CSV, and what people keep in spreadsheets.
enum CSVLibrary {
    private enum Column {
        case title, authors, abstract, year, date, names, keywords

        /// - Parameter heading: as it is written.
        init?(_ heading: String) {
            // `arXiv:2611.00002` is no heading.
            guard !heading.contains(where: \.isNumber) else { return nil }
            let letters = heading.lowercased().filter { $0.isLetter }
            switch letters {
            case "title", "papertitle": self = .title
            case "author", "authors": self = .authors
            case "abstract", "abstractnote": self = .abstract
            case "year", "publicationyear": self = .year
            case "date", "published", "publicationdate": self = .date
            case "doi", "arxiv", "arxivid", "url", "urls", "link", "links", "id", "identifier", "identifiers", "extra",
                "eprint", "archivelocation", "number", "pmid", "pmcid":
                self = .names
            case "keywords", "tags", "manualtags", "automatictags": self = .keywords
            default: return nil
            }
        }
    }

    /// Whether the first line names a title or what names papers, beside something else or alone.
    static func hasHeader(_ text: [UInt8]) -> Bool {
        let first = text.prefix(64 << 10).prefix { $0 != 0x0A && $0 != 0x0D }
        var header: [String] = []
        var reader = CSVReader()
        reader.read(Array(first) + [0x0A]) { header = $0.cells }
        return header.contains { Column($0).map { $0 == .title || $0 == .names } ?? false }
    }

    static func read(_ text: [UInt8], into library: inout ParsedLibrary) {
        var columns: [(place: Int, column: Column)]?
        var reader = CSVReader()
        let take = { (line: CSVReader.Line) in
            guard library.wantsMore() else { return }
            guard let columns else {
                columns = line.cells.prefix(500).enumerated().compactMap { place, heading in
                    Column(heading).map { (place, $0) }
                }
                return
            }
            library.take(fields(line.cells, columns).entry(), line: line.number, name: line.cells.first ?? "")
        }
        reader.read(text, take)
        reader.finish(take)
        if let line = reader.unclosedQuote { library.skip(.broken, line: line) }
    }

    private static func fields(_ cells: [String], _ columns: [(place: Int, column: Column)]) -> LibraryFields {
        var fields = LibraryFields()
        for (place, column) in columns where cells.indices.contains(place) {
            let cell = cells[place].trimmed
            guard !cell.isEmpty else { continue }
            switch column {
            case .title: fields.title = Array(cell.utf8)
            case .authors: fields.authors += authors(cell)
            case .abstract: fields.abstract = Array(cell.utf8)
            case .year: fields.date = cell
            case .date: if fields.date.isEmpty { fields.date = cell }
            case .names: fields.names.append(cell)
            case .keywords:
                fields.keywords += cell.split(separator: ";").prefix(200).map(\.trimmed).filter { !$0.isEmpty }
            }
        }
        return fields
    }

    /// `Lovelace, Ada; Babbage, Charles`, or names in their order divided by commas.
    private static func authors(_ cell: String) -> [String] {
        let list = cell.split(separator: ";").prefix(200).map(\.trimmed)
        let names =
            list.count == 1 && cell.utf8.count(where: { $0 == UInt8(ascii: ",") }) > 1
            ? cell.split(separator: ",").prefix(200).map(\.trimmed) : list.map(LibraryNames.givenFirst)
        return names.compactMap { LibraryFields.clean(Array($0.utf8)) }
    }
}
