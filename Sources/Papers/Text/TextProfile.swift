/// What kinds of work a text needs, found in one pass: most need none, and then none is done.
public struct TextProfile: Sendable {
    /// `<` or `&` occurs.
    public let mayHoldMarkup: Bool
    /// There are blanks to fold, controls or invisible characters.
    public let needsFolding: Bool
    /// A character that TeX gives a meaning occurs.
    public let mayHoldTeX: Bool

    /// Nothing to do but trim the ends.
    public var isPlain: Bool { !mayHoldMarkup && !needsFolding && !mayHoldTeX }

    public init(_ utf8: ArraySlice<UInt8>) {
        var seen: UInt8 = 0
        var previous: UInt8 = 0
        Self.table.withUnsafeBufferPointer { table in
            utf8.withUnsafeBufferPointer { bytes in
                for byte in bytes {
                    let traits = table[Int(byte)]
                    seen |= traits & Self.single | traits & previous
                    previous = traits
                }
            }
        }
        mayHoldMarkup = seen & Self.markup != 0
        needsFolding = seen & (Self.folding | Self.blank) != 0
        mayHoldTeX = seen & (Self.tex | Self.dash) != 0
    }

    private static let markup: UInt8 = 1
    private static let folding: UInt8 = 2
    private static let tex: UInt8 = 4
    private static let single = markup | folding | tex
    /// These two matter only in pairs.
    private static let blank: UInt8 = 8
    private static let dash: UInt8 = 16

    private static let table: [UInt8] = (0...255).map { (byte: UInt8) -> UInt8 in
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: "&"): markup
        case 0..<0x20, 0x7F: folding
        case 0x20: blank
        case UInt8(ascii: "-"): dash
        case UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "{"), UInt8(ascii: "~"), UInt8(ascii: "`"): tex
        // They lead the UTF-8 sequences among which blanks and invisible characters are.
        case 0xC2, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF, 0xF3: folding
        default: 0
        }
    }
}

extension [UInt8] {
    /// Without blanks and controls at the ends.
    public var withoutOuterBlanks: ArraySlice<UInt8> {
        guard let first = firstIndex(where: { $0 > 0x20 }), let last = lastIndex(where: { $0 > 0x20 }) else {
            return []
        }
        return self[first...last]
    }
}
