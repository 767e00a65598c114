import Feeds
import Foundation
import Mail

/// The lines of a list of people as cells under known columns, whichever of the three forms the file has: a table with a
/// header, JSON objects (one a line, or one array), or addresses alone, as Mailman's `list_members` prints them.
///
/// Beside an address alone may stand a name or a reason, and a word such as `unsubscribed`, which counts.
struct ImportTable {
    private enum Form {
        case table
        case addresses
        case json
    }

    /// What each cell of a line says; nil for a column that says nothing here. JSON's grow with the names that turn up.
    private(set) var columns: [ImportColumn?] = []
    /// The names of the columns, as the file has them.
    private(set) var headers: [String] = []
    /// Columns of the header that nothing is known about.
    private(set) var ignoredColumns: [String] = []
    private var form: Form?
    private var text = UnicodeReader()
    private var csv = CSVReader()
    private var json: [UInt8] = []

    /// The line from which on nothing was read, and why; nil where all was.
    var unread: (line: Int, reason: String)? {
        csv.unclosedQuote.map { ($0, "a quote opens here and is never closed: all that follows was not read") }
    }

    /// Whether the file names what its cells hold.
    var hasHeader: Bool { form != .addresses }

    /// Whether it is a list that says where people stand.
    var tellsConsent: Bool {
        hasHeader && columns.contains { $0?.tellsConsent == true || $0 == .serviceMark }
    }

    /// Most bytes of a JSON file: it is read as a whole.
    private static let largestJSON = 512 << 20
    /// The most names that JSON's objects may use.
    private static let mostNames = 500

    /// - Throws: ``ImportProblem`` where the first line shows that this is no list of addresses.
    mutating func read(_ piece: Data, _ take: (Int, [String]) -> Void) throws { try read(text.read(piece), take) }

    private mutating func read(_ bytes: [UInt8], _ take: (Int, [String]) -> Void) throws {
        if form == nil { begin(bytes) }
        if form == .json {
            guard json.count + bytes.count <= Self.largestJSON else {
                throw ImportProblem("the file is over 512 MB of JSON; convert it to CSV")
            }
            json.append(contentsOf: bytes)
        } else {
            // Copied out so that the closure may look at the columns.
            var reader = csv
            try reader.read(bytes) { try line($0, take) }
            csv = reader
        }
    }

    mutating func finish(_ take: (Int, [String]) -> Void) throws {
        try read(text.finish(), take)
        if form == .json { return try readJSON(take) }
        var reader = csv
        try reader.finish { try line($0, take) }
        csv = reader
    }

    private mutating func begin(_ piece: [UInt8]) {
        let first = piece.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard let first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return }
        form = .json
    }

    private mutating func line(_ line: CSVReader.Line, _ take: (Int, [String]) -> Void) throws {
        switch form {
        case .table: take(line.number, line.cells)
        case .addresses: take(line.number, Self.alone(line.cells))
        default:
            if line.cells.contains(where: { $0.contains("@") }) {
                form = .addresses
                headers = ["email", "reason", "state"]
                columns = [.email, .reason, .state]
                take(line.number, Self.alone(line.cells))
            } else {
                try header(line.cells)
            }
        }
    }

    private mutating func header(_ cells: [String]) throws {
        form = .table
        headers = cells.map { $0.trimmingCharacters(in: .whitespaces) }
        columns = ImportColumn.columns(headers)
        ignoredColumns = zip(headers, columns).filter { $1 == nil && !$0.isEmpty }.map(\.0)
        guard columns.contains(.email) else {
            throw ImportProblem(
                "the first line names no column of addresses (“email”), and holds none; it names: \(cells.joined(separator: ", "))"
            )
        }
    }

    // MARK: Addresses alone

    /// A line without columns: the address, what else stands there, and where the person stands, if a cell says so.
    ///
    /// Of several cells with an `@` the one is taken that is an address; of two of these neither.
    private static func alone(_ cells: [String]) -> [String] {
        let places = cells.indices.filter { cells[$0].contains("@") }
        let valid = places.count > 1 ? places.filter { (try? Address(bare(cells[$0]))) != nil } : places
        guard valid.count == 1, let place = valid.first else { return [cells.joined(separator: ","), "", ""] }
        let others = cells.indices.filter { $0 != place }.map { cells[$0].trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
        let state = others.first { ConsentWords.state($0) != nil } ?? ""
        let isName = cells[place].hasSuffix(">")
        return [bare(cells[place]), isName ? "" : others.joined(separator: ", "), state]
    }

    /// `Ada Lovelace <ada@example.org>` → `ada@example.org`
    static func bare(_ text: String) -> String {
        let text = text.trimmingCharacters(in: .whitespaces)
        guard text.last == ">", let start = text.lastIndex(of: "<") else { return text }
        return String(text[text.index(after: start)...].dropLast())
    }

    // MARK: JSON

    private mutating func readJSON(_ take: (Int, [String]) -> Void) throws {
        if let whole = Self.parse(json[...]) {
            guard let objects = Self.people(whole) else { throw ImportProblem("the JSON holds no list of people") }
            for (index, object) in objects.enumerated() { take(index + 1, cells(object)) }
        } else {
            guard json.first(where: { $0 > 0x20 }) != UInt8(ascii: "[") else {
                throw ImportProblem("the file is no valid JSON")
            }
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

    /// The objects that are people: an array, one of them alone, or the array that an API's answer wraps.
    private static func people(_ value: Any, depth: Int = 0) -> [Any]? {
        if let list = value as? [Any] { return list }
        guard let object = value as? [String: Any] else { return nil }
        if object.keys.contains(where: { ImportColumn(header: $0) == .email }) { return [object] }
        guard depth < 2 else { return nil }
        let lists = object.values.compactMap { people($0, depth: depth + 1) }
        return lists.max { $0.count < $1.count }
    }

    /// One object as cells under the columns that are known so far; what is no object becomes a line without an address.
    private mutating func cells(_ object: Any?) -> [String] {
        var cells = [String](repeating: "", count: columns.count)
        for (name, value) in (object as? [String: Any] ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let text = Self.text(value, of: name) else { continue }
            let name = value is [[String: Any]] ? "subscription_status" : name
            guard let index = headers.firstIndex(of: name) else {
                guard headers.count < Self.mostNames else { continue }
                append(name)
                cells.append(text)
                continue
            }
            cells[index] = text
        }
        return cells
    }

    private mutating func append(_ name: String) {
        headers.append(name)
        let before = columns
        columns = ImportColumn.columns(headers)
        // What lines before were read by stays as it was, and another object may name its address otherwise.
        for index in before.indices where before[index] == .email { columns[index] = .email }
        if ImportColumn(header: name) == .email, !before.contains(.email) || ImportColumn.folded(name).contains("mail")
        {
            columns[columns.count - 1] = .email
        }
        if columns.last == .some(nil) { ignoredColumns.append(name) }
    }

    private static func text(_ value: Any, of name: String) -> String? {
        switch value {
        case let text as String: return text
        case let number as NSNumber: return number.stringValue
        case let list as [String]: return list.joined(separator: "\n")
        case let lists as [[String: Any]] where name == "lists": return subscriptions(lists)
        default: return nil
        }
    }

    /// Where somebody stands by listmonk's lists: on one of them is enough.
    private static func subscriptions(_ lists: [[String: Any]]) -> String? {
        let states = lists.compactMap { $0["subscription_status"] as? String }
        return ["confirmed", "unconfirmed", "unsubscribed"].first { states.contains($0) }
    }
}
