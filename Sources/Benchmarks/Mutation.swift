import TestTools

/// One random damage to a document.
enum Mutation {
    private static let snippets = [
        "<", ">", "&", "]]>", "<![CDATA[", "<!--", "{", "}", "[", "]", "\"", "\\", "\\u", "\\ud800", "$", "^{", "\u{0}",
        "<item>", "</item>", "<entry>", "&#x110000;", "&lt;", "\u{202E}", "<script>", "<?xml", "\\frac{", "``",
        "999999999999999999999", "<!DOCTYPE a [<!ENTITY x 'y'>]>", "xmlns=", "=", "'", "null", "-1e999",
    ].map { Array($0.utf8) }

    static let filterPieces = [
        "model", "title:", "cat:cs.*", "author:\"Yann LeCun\"", "\"", "(", ")", " OR ", " AND ", " NOT ", "-", "=", "*",
        "upvotes>=", "20", "since:2026-11-01", "is:new", "has:code", " ", "quantiz*", "自己教師", "é", "abstract:", ":",
        "org:", "keyword:", "id:2511.01234", "feed:", "<", ">",
    ].map { Array($0.utf8) }

    static func apply(to bytes: inout [UInt8], _ random: inout SplitMix64) {
        guard !bytes.isEmpty else { return }
        let at = Int.random(in: 0..<bytes.count, using: &random)
        func end(_ longest: Int) -> Int { min(bytes.count, at + Int.random(in: 1...longest, using: &random)) }
        switch Int.random(in: 0..<8, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(contentsOf: snippets.randomElement(using: &random) ?? [], at: at)
        case 3: if Int.random(in: 0..<4, using: &random) == 0 { bytes.removeSubrange(at...) }
        case 4: bytes.removeSubrange(at..<end(40))
        case 5: bytes.insert(contentsOf: bytes[at..<end(200)], at: at)
        case 6: bytes.swapAt(at, Int.random(in: 0..<bytes.count, using: &random))
        default: bytes[at] ^= 1 << UInt8.random(in: 0...7, using: &random)
        }
    }
}
