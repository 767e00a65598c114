import Foundation
import Papers

/// How much of each field of an entry is kept. Real fields stay far below; longer ones fill the database and keep all busy
/// that read it.
enum FieldLimits {
    /// Characters, each code point of Unicode counted.
    static let title = 1_000
    static let abstract = 20_000
    /// Bytes of UTF-8.
    static let name = 200
    static let address = 2 << 10
    /// A paper of a large experiment has about as many authors.
    static let authors = 3_000
    /// Authors of a feed that its entries get where they name none.
    static let handedDown = 50
    static let terms = 200

    /// Cuts every field that is too long, and leaves out addresses that are. Returns whether there was anything to cut.
    static func apply(to entry: inout Entry) -> Bool {
        var wasCut = false
        limit(&entry.title, to: title, &wasCut)
        for field in [\Entry.synopsis, \.organization, \.journal] as [WritableKeyPath<Entry, String?>] {
            limit(&entry[keyPath: field], to: title, &wasCut)
        }
        limit(&entry.abstract, to: abstract, &wasCut)
        limit(&entry.content, to: abstract, &wasCut)
        if let guid = entry.guid, guid.utf8.count > address {
            entry.guid = nil
            wasCut = true
        }
        if let others = entry.otherIDs, others.count > terms { entry.otherIDs = Array(others.prefix(terms)) }
        for field in [\Entry.url, \.pdfURL, \.discussionURL, \.codeURL, \.projectURL, \.doi]
            as [WritableKeyPath<Entry, String?>]
        {
            guard let text = entry[keyPath: field], text.utf8.count > address else { continue }
            entry[keyPath: field] = nil
            wasCut = true
        }
        first(authors, of: &entry.authors, &wasCut)
        for index in entry.authors.indices {
            if entry.authors[index].name.utf8.count > name { shorten(&entry.authors[index].name, to: name, &wasCut) }
            if let place = entry.authors[index].affiliation, place.utf8.count > title {
                limit(&entry.authors[index].affiliation, to: title, &wasCut)
            }
        }
        for field in [\Entry.categories, \.keywords] as [WritableKeyPath<Entry, [String]>] {
            first(terms, of: &entry[keyPath: field], &wasCut)
            for index in entry[keyPath: field].indices where entry[keyPath: field][index].utf8.count > name {
                shorten(&entry[keyPath: field][index], to: name, &wasCut)
            }
        }
        return wasCut
    }

    /// The first bytes, without half a letter at the end.
    static func cut(_ utf8: [UInt8], to length: Int) -> [UInt8] {
        guard utf8.count > length else { return utf8 }
        var end = length
        while end > 0, utf8[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(utf8[..<end])
    }

    /// The beginning of a text that has at most so many bytes, without half a character at the end.
    static func cut(_ text: String, to length: Int) -> String {
        guard text.utf8.count > length else { return text }
        let end = text.utf8.index(text.startIndex, offsetBy: length)
        return String(text[..<text.rangeOfComposedCharacterSequence(at: end).lowerBound])
    }

    /// The beginning of a text that has at most so many characters, without half a letter at the end.
    static func cut(_ text: String, toCharacters count: Int) -> String {
        // A character has at least one byte.
        guard text.utf8.count > count,
            let end = text.unicodeScalars.index(
                text.startIndex, offsetBy: count, limitedBy: text.unicodeScalars.endIndex), end != text.endIndex
        else { return text }
        let letter = text.rangeOfComposedCharacterSequence(at: end).lowerBound
        return String(text[..<(letter > text.startIndex ? letter : end)])
    }

    private static func limit(_ text: inout String, to count: Int, _ wasCut: inout Bool) {
        guard text.utf8.count > count else { return }
        let short = cut(text, toCharacters: count)
        guard short.utf8.count < text.utf8.count else { return }
        text = short
        wasCut = true
    }

    private static func limit(_ text: inout String?, to count: Int, _ wasCut: inout Bool) {
        guard var long = text, long.utf8.count > count else { return }
        limit(&long, to: count, &wasCut)
        text = long
    }

    private static func shorten(_ text: inout String, to length: Int, _ wasCut: inout Bool) {
        guard text.utf8.count > length else { return }
        text = cut(text, to: length)
        wasCut = true
    }

    private static func first<Element>(_ count: Int, of list: inout [Element], _ wasCut: inout Bool) {
        guard list.count > count else { return }
        list.removeSubrange(count...)
        wasCut = true
    }
}
