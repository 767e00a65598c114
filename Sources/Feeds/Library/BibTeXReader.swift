/// Reads the syntax of BibTeX (https://ctan.org/pkg/btxdoc, and what biber and JabRef add to it) entry by entry.
///
/// A line that begins an entry ends one that was never closed, so that a lost brace costs one entry and every byte is looked
/// at a bounded number of times.
struct BibTeXReader {
    /// An entry as it is written: values without their delimiters, joined, with `@string` names resolved.
    struct Record {
        /// On which it begins, from 1.
        let line: Int
        /// `article`, in lower case.
        let type: String
        let key: String
        /// In lower case; of equal names the first counts.
        var fields: [String: [UInt8]] = [:]
        var isBroken = false
    }

    private let bytes: [UInt8]
    private var at = 0
    private var line = 1
    private var strings: [String: [UInt8]] = [:]
    /// How many bytes resolved names may still bring: `@string` of `@string` doubles with each line.
    private var expansion = 10 << 20

    private static let longestName = 64
    private static let longestValue = 256 << 10
    private static let mostFields = 200

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// `@article{`, `@comment (`: whether an entry begins here.
    static func beginsEntry(_ bytes: [UInt8], at start: Int) -> Bool {
        guard start < bytes.count, bytes[start] == UInt8(ascii: "@") else { return false }
        var at = start + 1
        while at < bytes.count, at - start <= longestName, isLetter(bytes[at]) { at += 1 }
        guard at > start + 1 else { return false }
        let end = min(bytes.count, at + longestName)
        while at < end, bytes[at].isXMLBlank { at += 1 }
        return at < bytes.count && (bytes[at] == UInt8(ascii: "{") || bytes[at] == UInt8(ascii: "("))
    }

    /// The next entry, `@string`, `@preamble` and `@comment` passed over; nil at the end.
    mutating func next() -> Record? {
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "@"), Self.beginsEntry(bytes, at: at) else {
                step()
                continue
            }
            let start = line
            step()
            let type = name().lowercased()
            skipBlanks()
            let close: UInt8 = bytes[at] == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "}")
            step()
            switch type {
            case "comment", "preamble", "control": skipGroup(to: close)
            case "string":
                var record = Record(line: start, type: type, key: "")
                readFields(of: &record, to: close)
                strings.merge(record.fields) { _, new in new }
            default: return entry(type, line: start, to: close)
            }
        }
        return nil
    }

    private mutating func entry(_ type: String, line start: Int, to close: UInt8) -> Record {
        skipBlanks()
        let from = at
        while at < bytes.count, bytes[at] != UInt8(ascii: ","), bytes[at] != close, bytes[at] != UInt8(ascii: "="),
            !isAtEntry
        {
            step()
        }
        let key = String(decoding: bytes[from..<min(at, from + 200)], as: UTF8.self)
        var record = Record(line: start, type: type, key: key)
        if at < bytes.count, bytes[at] == UInt8(ascii: "=") {
            // A key was forgotten, and this is the first field.
            at = from
            record = Record(line: start, type: type, key: "")
        }
        readFields(of: &record, to: close)
        return record
    }

    // MARK: - Fields

    private mutating func readFields(of record: inout Record, to close: UInt8) {
        while at < bytes.count {
            while at < bytes.count, bytes[at].isXMLBlank || bytes[at] == UInt8(ascii: ",") {
                if isAtEntry { break }
                step()
            }
            guard at < bytes.count, !isAtEntry else { break }
            if bytes[at] == close {
                step()
                return
            }
            let name = self.name().lowercased()
            skipBlanks()
            guard !name.isEmpty, at < bytes.count, bytes[at] == UInt8(ascii: "=") else {
                record.isBroken = true
                // Whatever this is, the next comma or brace may begin something that can be read.
                if name.isEmpty, at < bytes.count, !isAtEntry, bytes[at] != close { step() }
                continue
            }
            step()
            guard let value = value(to: close) else { break }
            if record.fields.count < Self.mostFields, record.fields[name] == nil { record.fields[name] = value }
        }
        record.isBroken = true
    }

    /// Pieces joined by `#`; nil where the document or the entry breaks off inside one.
    private mutating func value(to close: UInt8) -> [UInt8]? {
        var value: [UInt8] = []
        while true {
            skipBlanks()
            guard at < bytes.count, !isAtEntry else { return nil }
            switch bytes[at] {
            case UInt8(ascii: "{"):
                step()
                guard let group = group(to: UInt8(ascii: "}")) else { return nil }
                append(group, to: &value)
            case UInt8(ascii: "\""):
                step()
                guard let group = group(to: UInt8(ascii: "\"")) else { return nil }
                append(group, to: &value)
            default:
                let word = bareWord(to: close)
                if let known = strings[word.lowercased()], known.count <= expansion {
                    expansion -= known.count
                    append(known[...], to: &value)
                } else {
                    append(Array(word.utf8)[...], to: &value)
                }
            }
            skipBlanks()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "#") else { return value }
            step()
        }
    }

    private func append(_ piece: ArraySlice<UInt8>, to value: inout [UInt8]) {
        value.append(contentsOf: piece.prefix(max(0, Self.longestValue - value.count)))
    }

    /// What stands before the closing mark, in which braces are in pairs; backslashes do not keep braces from counting
    /// (btxdoc). Nil where it is never closed.
    private mutating func group(to close: UInt8) -> ArraySlice<UInt8>? {
        let start = at
        var depth = 0
        while at < bytes.count, !isAtEntry {
            let byte = bytes[at]
            if byte == close, depth == 0 {
                step()
                return bytes[start..<(at - 1)]
            }
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth = max(0, depth - 1) }
            step()
        }
        return nil
    }

    private mutating func skipGroup(to close: UInt8) { _ = group(to: close) }

    private mutating func bareWord(to close: UInt8) -> String {
        let start = at
        while at < bytes.count, !bytes[at].isXMLBlank, bytes[at] != UInt8(ascii: ","), bytes[at] != close,
            bytes[at] != UInt8(ascii: "#"), bytes[at] != UInt8(ascii: "}")
        {
            step()
        }
        return String(decoding: bytes[start..<min(at, start + 200)], as: UTF8.self)
    }

    // MARK: - Steps

    /// Letters, digits and what else names of fields have.
    private mutating func name() -> String {
        let start = at
        while at < bytes.count, Self.isLetter(bytes[at]) || Self.nameSigns.contains(bytes[at]) { step() }
        return String(decoding: bytes[start..<min(at, start + Self.longestName)], as: UTF8.self)
    }

    private static let nameSigns = Set("0123456789-_:.+/".utf8)

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80 }

    /// Whether a line begins here that begins an entry.
    private var isAtEntry: Bool {
        guard bytes[at] == UInt8(ascii: "@"), at == 0 || bytes[at - 1] == 0x0A || bytes[at - 1] == 0x0D else {
            return false
        }
        return Self.beginsEntry(bytes, at: at)
    }

    private mutating func skipBlanks() {
        while at < bytes.count, bytes[at].isXMLBlank { step() }
    }

    private mutating func step() {
        if bytes[at] == 0x0A || (bytes[at] == 0x0D && (at + 1 >= bytes.count || bytes[at + 1] != 0x0A)) { line += 1 }
        at += 1
    }
}
