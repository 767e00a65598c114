import Core

/// Mathematics that goes up and down, written in one line so that its value stays what it is. TeX, MathML and HTML's `sup`
/// and `sub` share these rules.
enum LinearMath {
    /// A raised or lowered term: with Unicode's scripts, or with `^` and `_` where it has none. Several signs are held by
    /// parentheses.
    static func script(_ term: String, raised: Bool) -> String {
        let text = term.trimmed
        if text.isEmpty { return "" }
        // 90^∘ and 90<sup>o</sup>
        if raised, text == "∘" || text == "°" || text == "º" { return "°" }
        if raised, text.allSatisfy({ "′″‴®™℠".contains($0) }) { return text }
        if raised, text == "∗" { return "*" }
        if let script = Scripts.script(text, raised: raised) { return script }
        // An index is a name; an exponent is a product: e^(iπ).
        let isName =
            !raised && text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
        let isNumber = !raised && text.utf8.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
        let stands = isName || isNumber || text.count == 1 || isParenthesised(text)
        return (raised ? "^" : "_") + (stands ? text : "(\(text))")
    }

    /// A term that keeps its meaning beside `/` or under `√`: in parentheses unless it is one word or number. A divisor is
    /// one only without digits before letters, as `1/2h` would be read as half of h.
    static func factor(_ content: [UInt8], isDivisor: Bool = false) -> [UInt8] {
        let text = String(decoding: content, as: UTF8.self).trimmed
        let isNumber = text.utf8.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
        let isName = text.unicodeScalars.allSatisfy(isLetter)
        let isWord = text.unicodeScalars.allSatisfy { isLetter($0) || ("0"..."9").contains($0) || $0 == "." }
        if isNumber || isName || (isWord && !isDivisor) || isParenthesised(text) { return Array(text.utf8) }
        return Array("(\(text))".utf8)
    }

    /// Signs such as `−` and `×` are none, although they are not ASCII.
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            ? UInt8(ascii: scalar).isASCIILetter
            : scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "∞" || scalar == "°"
                || scalar.properties.canonicalCombiningClass != .notReordered
    }

    /// Whether one pair of parentheses holds the whole.
    private static func isParenthesised(_ text: some StringProtocol) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "("), bytes.last == UInt8(ascii: ")") else { return false }
        var depth = 0
        for byte in bytes.dropLast() {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            if depth == 0 { return false }
        }
        return true
    }

    /// The root of a term: `√s`, `√(x+1)`, `³√(x+1)`.
    static func root(_ radicand: [UInt8], index: String? = nil) -> String {
        let content = String(decoding: factor(radicand), as: UTF8.self)
        guard let index = index.map({ $0.trimmed }), !index.isEmpty, index != "2" else {
            return "√" + content
        }
        if let raised = Scripts.script(index, raised: true) { return raised + "√" + content }
        return "\(content)^(1/\(String(decoding: factor(Array(index.utf8), isDivisor: true), as: UTF8.self)))"
    }

    /// The rows of a matrix or of a case distinction: `a, b; c, d`. What goes on a relation (`x` beside `= 1`, as in aligned
    /// equations) is only set off by a blank.
    static func rows(_ rows: [[String]]) -> String {
        rows.map { cells in
            cells.map { $0.trimmed }.filter { !$0.isEmpty }.reduce("") { row, cell in
                if row.isEmpty { return cell }
                let goesOn = cell.first.map { "=<>≤≥≈≡∼≃≅≠∈→⇒+−-,;".contains($0) } ?? false
                let isSetOff = row.last.map { ",;=".contains($0) } ?? false
                return row + (goesOn || isSetOff ? " " : ", ") + cell
            }
        }.filter { !$0.isEmpty }.joined(separator: "; ")
    }

    /// A letter with what MathML or TeX puts over or under it, where that is one accent; nil where it is something else.
    static func accent(_ sign: String) -> Unicode.Scalar? {
        switch sign {
        case "^", "ˆ", "\u{302}": "\u{302}"
        case "~", "˜", "∼", "\u{303}": "\u{303}"
        case "¯", "‾", "ˉ", "―", "\u{304}", "\u{305}", "−", "-", "–", "—", "_": "\u{304}"
        case "→", "⇀", "\u{20D7}": "\u{20D7}"
        case "˙", ".", "\u{307}": "\u{307}"
        case "¨", "..", "\u{308}": "\u{308}"
        case "ˇ", "\u{30C}": "\u{30C}"
        case "˘", "\u{306}": "\u{306}"
        case "´", "\u{301}": "\u{301}"
        case "`", "\u{300}": "\u{300}"
        case "˚", "\u{30A}": "\u{30A}"
        default: nil
        }
    }
}
