import Foundation

/// A digest's contents as the database keeps them: a line with the number of further papers, then a line for each paper, its
/// number and what is known of it in fields that a tab begins, each with a letter for what it says.
///
/// ```
/// 9
/// 1204⇥tdiffusion-models⇥wlatent diffusion⇥gdiffusion-models
/// 1187⇥fprotein OR enzyme⇥wenzyme⇥bAttention Is All You Need⇥lsparse attention⇥aAda Lovelace
/// ```
///
/// A field with an unknown letter is passed over. Not JSON, because where each reader has interests of their own to write and read that cost as much as all else of a mail. JSON
/// of earlier versions is still read.
enum DigestContentsText {
    private static let tab = UInt8(ascii: "\t")
    private static let newline = UInt8(ascii: "\n")
    private static let backslash = UInt8(ascii: "\\")

    /// What a field says.
    private enum Field {
        static let topic = UInt8(ascii: "t")
        static let filter = UInt8(ascii: "f")
        /// A topic or filter that has terms and did not match by itself.
        static let key = UInt8(ascii: "k")
        /// A term that was found for the topic or filter before it.
        static let term = UInt8(ascii: "w")
        static let group = UInt8(ascii: "g")
        static let because = UInt8(ascii: "b")
        static let alike = UInt8(ascii: "l")
        static let library = UInt8(ascii: "o")
        static let author = UInt8(ascii: "a")
        static let followed = UInt8(ascii: "u")
        static let beyond = UInt8(ascii: "y")
    }

    // MARK: - Writing

    static func write(_ contents: DigestContents) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(contents.items.count * 120 + 8)
        bytes.append(contentsOf: String(contents.more).utf8)
        for item in contents.items {
            bytes.append(newline)
            append(item, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ item: DigestItem, to bytes: inout [UInt8]) {
        func field(_ letter: UInt8, _ value: String) {
            bytes.append(tab)
            bytes.append(letter)
            for byte in value.utf8 {
                switch byte {
                case tab: bytes.append(contentsOf: [backslash, UInt8(ascii: "t")])
                case newline: bytes.append(contentsOf: [backslash, UInt8(ascii: "n")])
                case backslash: bytes.append(contentsOf: [backslash, backslash])
                default: bytes.append(byte)
                }
            }
        }
        func terms(_ key: String) { for term in item.terms?[key] ?? [] { field(Field.term, term) } }
        bytes.append(contentsOf: String(item.seq).utf8)
        var named: Set<String> = []
        for (letter, keys) in [(Field.topic, item.topics), (Field.filter, item.filters)] {
            for key in keys {
                field(letter, key)
                // A topic's slug may be a filter, too: their terms are the same then.
                if named.insert(key).inserted { terms(key) }
            }
        }
        for key in (item.terms ?? [:]).keys.sorted() where !named.contains(key) {
            field(Field.key, key)
            terms(key)
        }
        if let group = item.group { field(Field.group, group) }
        if let because = item.because { field(Field.because, because) }
        for term in item.alike ?? [] { field(Field.alike, term) }
        if item.isOfLibrary == true { field(Field.library, "") }
        if let author = item.author { field(Field.author, author) }
        for name in item.followed ?? [] { field(Field.followed, name) }
        if item.isBeyond == true { field(Field.beyond, "") }
    }

    // MARK: - Reading

    /// - Throws: ``StoreError`` for a text that is none of ours.
    static func read(_ text: String) throws -> DigestContents {
        if text.utf8.first == UInt8(ascii: "{") {
            return try JSONDecoder().decode(DigestContents.self, from: Data(text.utf8))
        }
        var text = text
        return try text.withUTF8 { bytes in
            var lines = bytes.split(separator: newline, omittingEmptySubsequences: false).makeIterator()
            guard let more = lines.next().flatMap(number), let more = Int(exactly: more), more >= 0 else {
                throw damaged("they begin with no number of papers")
            }
            var items: [DigestItem] = []
            while let line = lines.next() { items.append(try item(line)) }
            return DigestContents(items: items, more: more)
        }
    }

    private typealias Line = Slice<UnsafeBufferPointer<UInt8>>

    private static func item(_ line: Line) throws -> DigestItem {
        var fields = line.split(separator: tab, omittingEmptySubsequences: false).makeIterator()
        guard let seq = fields.next().flatMap(number) else { throw damaged("a line begins with no paper's number") }
        var item = DigestItem(seq: seq)
        var terms: [String: [String]] = [:]
        var key = ""
        while let field = fields.next() {
            guard let letter = field.first else { throw damaged("a field is empty") }
            let value = value(field.dropFirst())
            switch letter {
            case Field.topic:
                item.topics.append(value)
                key = value
            case Field.filter:
                item.filters.append(value)
                key = value
            case Field.key: key = value
            case Field.term: terms[key, default: []].append(value)
            case Field.group: item.group = value
            case Field.because: item.because = value
            case Field.alike: item.alike = (item.alike ?? []) + [value]
            case Field.library: item.isOfLibrary = true
            case Field.author: item.author = value
            case Field.followed: item.followed = (item.followed ?? []) + [value]
            case Field.beyond: item.isBeyond = true
            // A later version's, beside which this one still runs while a fleet is brought up to date.
            default: break
            }
        }
        item.terms = terms.isEmpty ? nil : terms
        return item
    }

    private static func value(_ field: Line) -> String {
        guard field.contains(backslash) else { return String(decoding: field, as: UTF8.self) }
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in field {
            if isEscaped {
                bytes.append(byte == UInt8(ascii: "t") ? tab : byte == UInt8(ascii: "n") ? newline : byte)
                isEscaped = false
            } else if byte == backslash {
                isEscaped = true
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func number(_ digits: Line) -> Int64? { Int64(String(decoding: digits, as: UTF8.self)) }

    private static func damaged(_ why: String) -> StoreError {
        StoreError(.damaged, "the contents of a digest cannot be read, \(why)", mend: "restore the last backup")
    }
}
