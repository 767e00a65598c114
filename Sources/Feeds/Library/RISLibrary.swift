import Core
import Papers

/// RIS (https://en.wikipedia.org/wiki/RIS_(file_format)), as EndNote, Zotero, Mendeley and publishers write it.
enum RISLibrary {
    /// `TI  - Attention Is All You Need`
    struct Tag {
        let name: String
        let value: ArraySlice<UInt8>
    }

    /// Two signs, one or two blanks and a dash begin a field; anything else goes on with the one before.
    static func tag(of line: ArraySlice<UInt8>) -> Tag? {
        guard let first = line.first, (0x41...0x5A).contains(first) else { return nil }
        let second = line.dropFirst().prefix(1)
        guard let sign = second.first, (0x41...0x5A).contains(sign) || (0x30...0x39).contains(sign) else { return nil }
        var rest = line.dropFirst(2)
        let blanks = rest.prefix { $0 == 0x20 }.count
        guard (1...3).contains(blanks) else { return nil }
        rest = rest.dropFirst(blanks)
        guard rest.first == UInt8(ascii: "-") else { return nil }
        return Tag(
            name: String(decoding: [first, sign], as: UTF8.self), value: rest.dropFirst().trimmed(of: \.isXMLBlank))
    }

    struct Record {
        var line: Int
        var fields = LibraryFields()
        /// The title of what the paper is in, which is its own where there is no other.
        var container: [UInt8] = []
        /// Whose book it is where no author is named.
        var editors: [String] = []
        /// A day such as EndNote's `Nov 15`, in which the year may be missing.
        var day = ""
        var last = ""
        var isEmpty = true

        init(line: Int) { self.line = line }
    }

    static func read(_ text: [UInt8], into library: inout ParsedLibrary) {
        var record: Record?
        var (start, number) = (0, 0)
        while start < text.count, library.wantsMore() {
            let end = text[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.count
            number += 1
            let line = text[start..<end]
            start = end + 1
            if end + 1 < text.count, text[end] == 0x0D, text[end + 1] == 0x0A { start += 1 }
            guard let tag = tag(of: line) else {
                let rest = line.trimmed(of: \.isXMLBlank)
                if !rest.isEmpty { record?.goOn(rest) }
                continue
            }
            switch tag.name {
            case "TY":
                finish(&record, into: &library)
                record = Record(line: number)
            case "ER": finish(&record, into: &library)
            default: record?.take(tag)
            }
        }
        finish(&record, into: &library)
    }

    private static func finish(_ record: inout Record?, into library: inout ParsedLibrary) {
        guard var done = record else { return }
        record = nil
        if done.fields.title.isEmpty { done.fields.title = done.container }
        if done.fields.authors.isEmpty { done.fields.authors = done.editors }
        if done.fields.date.isEmpty { done.fields.date = done.day }
        library.take(done.fields.entry(), line: done.line)
    }
}

extension RISLibrary.Record {
    mutating func take(_ tag: RISLibrary.Tag) {
        last = tag.name
        let text = String(decoding: tag.value.prefix(4 << 10), as: UTF8.self)
        switch tag.name {
        case "TI", "T1", "CT": if fields.title.isEmpty { fields.title = Array(tag.value) }
        case "BT": if container.isEmpty { container = Array(tag.value) }
        case "AU", "A1": Self.add(tag, to: &fields.authors)
        case "ED", "A2": Self.add(tag, to: &editors)
        case "AB", "N2": if fields.abstract.isEmpty { fields.abstract = Array(tag.value) }
        case "KW": addKeyword(tag.value)
        case "PY", "Y1": if fields.date.isEmpty { fields.date = text }
        case "DA": if day.isEmpty { day = text }
        // Mendeley and older exports put DOIs and arXiv ids where there was room.
        case "DO", "UR", "L1", "L2", "M1", "M3", "AN", "N1", "C7", "JO":
            if !text.isEmpty, fields.names.count < 20 { fields.names.append(text) }
        default: break
        }
    }

    /// Some exports name each author as `A1` and as `AU`.
    private static func add(_ tag: RISLibrary.Tag, to names: inout [String]) {
        guard names.count < 200, let text = LibraryFields.clean(Array(tag.value)) else { return }
        let name = LibraryNames.givenFirst(text)
        if !names.contains(name) { names.append(name) }
    }

    private mutating func addKeyword(_ line: ArraySlice<UInt8>) {
        guard fields.keywords.count < 200, let term = LibraryFields.clean(Array(line)) else { return }
        fields.keywords.append(term)
    }

    /// A long field goes on in lines without a tag; of keywords EndNote has each on a line.
    mutating func goOn(_ line: ArraySlice<UInt8>) {
        switch last {
        case "TI", "T1", "CT": fields.title += [0x20] + line
        case "AB", "N2": fields.abstract += [0x20] + line
        case "KW": addKeyword(line)
        default: break
        }
    }
}
