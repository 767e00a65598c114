/// Character references: `&eacute;`, `&#233;`, `&#xE9;` (HTML standard, section 13.5).
public enum HTMLEntities {
    /// The text of a named reference, by its name without `&` and `;`; nil for a name that HTML does not know.
    public static func text(named name: String) -> String? { names[name] }

    private static let names: [String: String] = {
        var names: [String: String] = [:]
        for pair in HTMLEntityTable.pairs.split(whereSeparator: \.isWhitespace) {
            let halves = pair.split(separator: "=")
            let scalars = halves[1].split(separator: ".").compactMap {
                UInt32($0, radix: 16).flatMap(Unicode.Scalar.init)
            }
            names[String(halves[0])] = String(String.UnicodeScalarView(scalars))
        }
        return names
    }()

    /// The longest name in the table is `CounterClockwiseContourIntegral`.
    private static let longestName = 32

    /// Reads the reference that starts with `&` at `start`: its text and where it ends, or nil if there is none.
    ///
    /// Numbers 128 to 159 are read as windows-1252, as browsers do; a number that is no character gives nothing.
    public static func reference(in text: [UInt8], at start: Int) -> (text: String, end: Int)? {
        let first = start + 1
        guard first < text.count else { return nil }
        if text[first] == UInt8(ascii: "#") { return number(in: text, at: first + 1) }
        var end = first
        while end < text.count, end - first < longestName, text[end].isASCIILetter || text[end].isASCIIDigit {
            end += 1
        }
        guard end > first, end < text.count, text[end] == UInt8(ascii: ";"),
            let value = names[String(decoding: text[first..<end], as: UTF8.self)]
        else { return nil }
        return (value, end + 1)
    }

    private static func number(in text: [UInt8], at start: Int) -> (text: String, end: Int)? {
        guard start < text.count else { return nil }
        let isHex = text[start] | 0x20 == UInt8(ascii: "x")
        var end = isHex ? start + 1 : start
        var value: UInt32 = 0
        let first = end
        while end < text.count, end - first < 8, let digit = hexDigit(text[end]), isHex || digit < 10 {
            value = value &* (isHex ? 16 : 10) &+ digit
            end += 1
        }
        guard end > first, end < text.count, text[end] == UInt8(ascii: ";") else { return nil }
        return (character(value), end + 1)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt32? {
        if byte.isASCIIDigit { return UInt32(byte - 0x30) }
        let letter = byte | 0x20
        return (0x61...0x66).contains(letter) ? UInt32(letter - 0x61 + 10) : nil
    }

    private static func character(_ value: UInt32) -> String {
        if (0x80...0x9F).contains(value) { return String(windows1252[Int(value - 0x80)]) }
        guard value != 0, let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
        return String(Character(scalar))
    }

    /// What windows-1252 has in the places of the C1 controls.
    static let windows1252: [Character] = [
        "€", "\u{81}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{8D}", "Ž", "\u{8F}",
        "\u{90}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{9D}", "ž", "Ÿ",
    ]
}
