import Core

/// The signs of the filter language in a text, and whether they look as if they were meant.
struct FilterSigns {
    private(set) var hasQuotes = false
    /// `AND`, `OR` or `NOT` alone, or their signs.
    private(set) var hasOperators = false
    /// A field or a comparison that nobody writes by accident: `cat:cs.XX`, `upvotes>x`.
    private var hasField = false
    /// A field's name with a capital and a blank behind its colon, as a title has it.
    private var hasTitledField = false
    /// A dash that a word processor or a printer wrote, before a word.
    private var hasLongDash = false
    private var words = 0
    private var capitals = 0
    /// The most words between two operators.
    private var longestRun = 0

    /// A title has at least so many words.
    private static let fewest = 5

    init(_ typed: String) {
        var run = 0
        for piece in typed.unicodeScalars.split(whereSeparator: \.properties.isWhitespace) {
            let piece = String(String.UnicodeScalarView(piece))
            if piece.unicodeScalars.contains(where: { "\"“”„‟«»＂".unicodeScalars.contains($0) }) { hasQuotes = true }
            if Self.operators.contains(piece) {
                hasOperators = true
                run = 0
                continue
            }
            if let first = piece.unicodeScalars.first, "–—−".unicodeScalars.contains(first) { hasLongDash = true }
            look(forFieldIn: piece)
            guard !Words.split(piece).isEmpty else { continue }
            words += 1
            run += 1
            longestRun = max(longestRun, run)
            let first = piece.unicodeScalars.first { $0.wordClass != .other }
            if first?.properties.isUppercase == true { capitals += 1 }
        }
    }

    /// Whether a text that is no filter was meant as one.
    var isMeant: Bool { hasOperators || hasField }

    /// Whether a text reads as a title, so that what looks like a filter in it is none.
    var readsAsText: Bool {
        guard words >= Self.fewest, !hasField else { return false }
        if hasTitledField || hasLongDash { return true }
        return hasOperators && !hasQuotes && longestRun > 1 && capitals * 2 >= words
    }

    private static let operators: Set<String> = ["AND", "OR", "NOT", "&", "&&", "|", "||"]

    private mutating func look(forFieldIn piece: String) {
        let bytes = Array(piece.utf8)
        let start = bytes.firstIndex { $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: "-") } ?? bytes.endIndex
        let end = bytes[start...].firstIndex { !(0x61...0x7A ~= $0 | 0x20 || $0 == 0x5F) } ?? bytes.endIndex
        guard start < end, end < bytes.endIndex else { return }
        let name = String(decoding: bytes[start..<end], as: UTF8.self)
        let isLower = name.lowercased() == name
        switch bytes[end] {
        case UInt8(ascii: ":"):
            guard Self.isField(name) else {
                // Only letters, quotes and parentheses make a value of what is no address and no ratio.
                let next = end + 1 < bytes.endIndex ? bytes[end + 1] : 0
                if isLower, name.utf8.count > 1, 0x61...0x7A ~= next | 0x20 || next == 0x22 || next == 0x28 {
                    hasField = true
                }
                return
            }
            // `title: diffusion` is a field; "Title: a study" begins a title.
            let isKnown = Field(typed: name) != nil && isLower
            if end + 1 < bytes.endIndex || isKnown { hasField = true } else { hasTitledField = true }
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="):
            if isLower, Self.isCount(name) { hasField = true }
        default: break
        }
    }

    private static func isField(_ name: String) -> Bool {
        Field(typed: name) != nil || FactCondition.CountField(rawValue: name.lowercased()) != nil
            || Suggestion.closest(to: name, in: Field.allCases.map(\.rawValue)) != nil
    }

    private static func isCount(_ name: String) -> Bool {
        let names = FactCondition.CountField.allCases.map(\.rawValue)
        return names.contains(name) || Suggestion.closest(to: name, in: names) != nil
    }
}
