import Core
import Papers

/// Mends, before libxml2 sees it, what feeds get wrong most: bare ampersands, HTML's entities, control characters, and
/// anything before the first tag. Entities that a document declares itself are never expanded: their references become
/// text.
enum XMLRepair {
    struct Result {
        let utf8: [UInt8]
        let repairs: [String]
        /// A tag has more attributes than any feed's.
        let isOverloaded: Bool
    }

    static func repair(_ source: [UInt8]) -> Result {
        let start = source.firstIndex(of: UInt8(ascii: "<")) ?? source.count
        var scan = XMLRepairScan(source, from: start)
        scan.run()
        guard scan.output != nil || start > 0 else {
            return Result(utf8: source, repairs: [], isOverloaded: scan.isOverloaded)
        }
        let hadText = source[..<start].contains { !$0.isXMLBlank }
        var repairs = scan.repairs
        if hadText { repairs.append("text before the first tag was left out") }
        return Result(utf8: scan.output ?? Array(source[start...]), repairs: repairs, isOverloaded: scan.isOverloaded)
    }
}

/// One pass over the document. Output is only begun at the first thing to mend, so that a sound document costs no copy.
private struct XMLRepairScan {
    private let source: [UInt8]
    private let start: Int
    private var at: Int
    /// What has been copied to ``output``.
    private var copied: Int
    private(set) var output: [UInt8]?
    private var ampersands = 0
    private var entities = 0
    private var controls = 0
    private var quoted = 0
    /// libxml2 compares each attribute of a tag with each other.
    private(set) var isOverloaded = false
    /// Up to where attributes have been gone over: a `<` before that stands in the value of one.
    private var quotedTo = 0
    private static let mostAttributes = 500

    init(_ source: [UInt8], from start: Int) {
        self.source = source
        self.start = start
        at = start
        copied = start
    }

    var repairs: [String] {
        var repairs: [String] = []
        if ampersands > 0 { repairs.append("escaped \(counted(ampersands, "bare ampersand"))") }
        if entities > 0 { repairs.append("resolved \(counted(entities, "HTML entity", plural: "HTML entities"))") }
        if quoted > 0 { repairs.append("quoted \(counted(quoted, "attribute value"))") }
        if controls > 0 { repairs.append("left out \(counted(controls, "control character"))") }
        return repairs
    }

    mutating func run() {
        let count = source.count
        while at < count, !isOverloaded {
            skipPlain()
            guard at < count else { break }
            let byte = source[at]
            if byte == UInt8(ascii: "&") {
                ampersand()
            } else if byte == UInt8(ascii: "<") {
                markup()
            } else if byte >= 0x20 || byte.isXMLBlank {
                at += 1
            } else {
                controls += 1
                replace(1, with: [])
            }
        }
        if output != nil { output?.append(contentsOf: source[copied...]) }
    }

    /// Goes on by eight bytes as long as none of them is `&`, `<` or a control character (Hacker's Delight, section 6-1).
    @inline(__always)
    private mutating func skipPlain() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let ampersands = ones &* UInt64(UInt8(ascii: "&"))
        let brackets = ones &* UInt64(UInt8(ascii: "<"))
        at = source.withUnsafeBytes { bytes in
            var index = at
            while index + 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                let found =
                    (((word ^ ampersands) &- ones) & ~(word ^ ampersands))
                    | (((word ^ brackets) &- ones) & ~(word ^ brackets)) | ((word &- ones &* 0x20) & ~word)
                if found & (ones &* 0x80) != 0 { break }
                index += 8
            }
            return index
        }
    }

    /// Writes `bytes` in place of the next `length` of the source.
    private mutating func replace(_ length: Int, with bytes: [UInt8]) {
        if output == nil {
            output = []
            output?.reserveCapacity(source.count + source.count / 64)
        }
        output?.append(contentsOf: source[copied..<at])
        output?.append(contentsOf: bytes)
        at += length
        copied = at
    }

    private static let predefined: [StaticString] = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"]

    private mutating func ampersand() {
        for known in Self.predefined where source.holds(known, at: at) {
            at += known.utf8CodeUnitCount
            return
        }
        guard let reference = HTMLEntities.reference(in: source, at: at) else {
            ampersands += 1
            return replace(1, with: Array("&amp;".utf8))
        }
        if source[at + 1] == UInt8(ascii: "#") {
            // libxml2 reads numbers itself, but not as windows-1252, and stops at those of control characters.
            let isControl = reference.text.utf8.first.map { $0 < 0x20 && !$0.isXMLBlank } ?? false
            // XML knows `&#x41;`, but not `&#X41;`.
            let isLatin =
                (reference.end - at <= 6 && reference.text.utf8.count > 1)
                || source[at + 2] == UInt8(ascii: "X")
            guard isLatin || isControl else {
                at = reference.end
                return
            }
            if isControl { controls += 1 }
        } else {
            entities += 1
        }
        let text = reference.text.utf8.flatMap { (byte: UInt8) -> [UInt8] in
            switch byte {
            case UInt8(ascii: "&"): return Array("&amp;".utf8)
            case UInt8(ascii: "<"): return Array("&lt;".utf8)
            default: return byte < 0x20 && !byte.isXMLBlank ? [] : [byte]
            }
        }
        replace(reference.end - at, with: text)
    }

    /// Ampersands mean nothing in comments and CDATA sections; everything else goes on after the `<`.
    private mutating func markup() {
        if source.holds("<!--", at: at) {
            skip(to: "-->")
        } else if source.holds("<![CDATA[", at: at) {
            skip(to: "]]>")
        } else if at + 1 < source.count, source[at + 1] | 0x20 >= 0x61, source[at + 1] | 0x20 <= 0x7A {
            quoteAttributes()
        } else {
            at += 1
        }
    }

    /// `<rss version=2.0>` → `<rss version="2.0">`; a tag without such an attribute is only looked at.
    private mutating func quoteAttributes() {
        var index = at + 1
        var count = 0
        at += 1
        guard index > quotedTo else { return }
        defer { quotedTo = index }
        while index + 1 < source.count, source[index] != UInt8(ascii: ">"), source[index] != UInt8(ascii: "<") {
            guard source[index] == UInt8(ascii: "=") else {
                index += 1
                continue
            }
            index += 1
            count += 1
            isOverloaded = count > Self.mostAttributes
            if isOverloaded { return }
            while index < source.count, source[index].isXMLBlank { index += 1 }
            guard index < source.count else { return }
            let quote = source[index]
            if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                guard let close = source[(index + 1)...].prefix(Self.longestValue).firstIndex(of: quote) else { return }
                index = close + 1
                continue
            }
            let value = source[index...].prefix { !$0.isXMLBlank && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "<") }
            at = index
            quoted += 1
            let escaped = String(decoding: value, as: UTF8.self).replacing("&", with: "&amp;").replacing(
                "\"", with: "&quot;")
            replace(value.count, with: Array("\"\(escaped)\"".utf8))
            index = at
        }
    }

    /// Bounds the search for a quote that never comes, so that a document full of them costs no more than its length.
    private static let longestValue = 8192

    private mutating func skip(to mark: StaticString) {
        let last = mark.utf8CodeUnitCount - 1
        let lastByte = UInt8(ascii: ">")
        at += 4
        while at < source.count {
            let byte = source[at]
            if byte == lastByte, at >= last, source.holds(mark, at: at - last) {
                at += 1
                return
            }
            if byte < 0x20, !byte.isXMLBlank {
                controls += 1
                replace(1, with: [])
            } else {
                at += 1
            }
        }
    }
}

extension [UInt8] {
    /// Whether `text` stands at `index`.
    func holds(_ text: StaticString, at index: Int) -> Bool {
        guard index + text.utf8CodeUnitCount <= count else { return false }
        return text.withUTF8Buffer { wanted in
            for offset in 0..<wanted.count where self[index + offset] != wanted[offset] { return false }
            return true
        }
    }
}
