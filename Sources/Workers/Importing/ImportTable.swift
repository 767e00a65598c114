import Foundation

/// The lines of a list of people as cells under known columns, whichever of the three forms the file has: a table with a
/// header, JSON objects (one a line, or one array), or addresses alone, as Mailman's `list_members` prints them.
struct ImportTable {
    private enum Form {
        case table
        case addresses
        case json
    }

    /// What each cell of a line says; nil for a column that says nothing here.
    private(set) var columns: [ImportColumn?] = []
    /// Columns of the header that nothing is known about.
    private(set) var ignoredColumns: [String] = []
    private var form: Form?
    private var csv = CSVReader()
    private var json: [UInt8] = []

    var unclosedQuote: Int? { csv.unclosedQuote }

    /// Most bytes of a JSON file: it is read as a whole.
    private static let largestJSON = 512 << 20

    /// - Throws: ``ImportProblem`` where the first line shows that this is no list of addresses.
    mutating func read(_ piece: Data, _ take: (Int, [String]) -> Void) throws {
        if form == nil { begin(piece) }
        if form == .json {
            guard json.count + piece.count <= Self.largestJSON else {
                throw ImportProblem("the file is over 512 MB of JSON; convert it to CSV")
            }
            json.append(contentsOf: piece)
        } else {
            // Copied out so that the closure may look at the columns.
            var reader = csv
            try reader.read(Array(piece)) { try line($0, take) }
            csv = reader
        }
    }

    mutating func finish(_ take: (Int, [String]) -> Void) throws {
        if form == .json { return try readJSON(take) }
        var reader = csv
        try reader.finish { try line($0, take) }
        csv = reader
    }

    private mutating func begin(_ piece: Data) {
        let first = piece.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        guard let first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return }
        form = .json
        columns = ImportColumn.allCases
    }

    private mutating func line(_ line: CSVReader.Line, _ take: (Int, [String]) -> Void) throws {
        switch form {
        case .table: take(line.number, line.cells)
        case .addresses: take(line.number, [Self.address(line.cells)])
        default:
            if line.cells.contains(where: { $0.contains("@") }) {
                form = .addresses
                columns = [.email]
                take(line.number, [Self.address(line.cells)])
            } else {
                try header(line.cells)
            }
        }
    }

    private mutating func header(_ cells: [String]) throws {
        form = .table
        columns = cells.map { ImportColumn(header: $0) }
        ignoredColumns = zip(cells, columns).filter { $1 == nil && !$0.isEmpty }.map(\.0)
        guard columns.contains(.email) else {
            throw ImportProblem(
                "the first line names no column of addresses (“email”), and holds none; it names: \(cells.joined(separator: ", "))"
            )
        }
    }

    /// `Ada Lovelace <ada@example.org>` → `ada@example.org`
    private static func address(_ cells: [String]) -> String {
        let line = cells.joined(separator: ",")
        guard line.last == ">", let start = line.lastIndex(of: "<") else { return line }
        return String(line[line.index(after: start)...].dropLast())
    }

    // MARK: JSON

    private mutating func readJSON(_ take: (Int, [String]) -> Void) throws {
        if json.first(where: { $0 > 0x20 && ![0xEF, 0xBB, 0xBF].contains($0) }) == UInt8(ascii: "[") {
            guard let objects = Self.parse(json[...]) as? [Any] else {
                throw ImportProblem("the file is no valid JSON")
            }
            for (index, object) in objects.enumerated() { take(index + 1, cells(object)) }
        } else {
            for (index, line) in json.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
            where line.contains(where: { $0 > 0x20 }) {
                take(index + 1, cells(Self.parse(line)))
            }
        }
        json = []
    }

    private static func parse(_ bytes: ArraySlice<UInt8>) -> Any? {
        try? JSONSerialization.jsonObject(with: Data(bytes))
    }

    /// One object as cells under every known column; what is no object becomes a line without an address.
    private mutating func cells(_ object: Any?) -> [String] {
        var cells = [String](repeating: "", count: ImportColumn.allCases.count)
        for (name, value) in object as? [String: Any] ?? [:] {
            guard let column = ImportColumn(header: name) else {
                if !ignoredColumns.contains(name), ignoredColumns.count < 50 { ignoredColumns.append(name) }
                continue
            }
            guard let index = columns.firstIndex(of: column) else { continue }
            switch value {
            case let text as String: cells[index] = text
            case let number as NSNumber: cells[index] = number.stringValue
            case let list as [String]: cells[index] = list.joined(separator: "\n")
            default: break
            }
        }
        return cells
    }
}
