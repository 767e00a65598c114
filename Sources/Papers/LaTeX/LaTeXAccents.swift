import Foundation

/// TeX's accents as Unicode's combining marks.
enum LaTeXAccents {
    static func isSign(_ byte: UInt8) -> Bool { signs.contains(byte) }
    private static let signs = ByteSet("'`^\"~=.")

    /// The combining mark of `\'`, `\v`, …
    static func mark(_ sign: UInt8) -> Unicode.Scalar? {
        switch sign {
        case UInt8(ascii: "'"): "\u{301}"
        case UInt8(ascii: "`"): "\u{300}"
        case UInt8(ascii: "^"): "\u{302}"
        case UInt8(ascii: "\""): "\u{308}"
        case UInt8(ascii: "~"): "\u{303}"
        case UInt8(ascii: "="): "\u{304}"
        case UInt8(ascii: "."): "\u{307}"
        case UInt8(ascii: "v"): "\u{30C}"
        case UInt8(ascii: "c"): "\u{327}"
        case UInt8(ascii: "H"): "\u{30B}"
        case UInt8(ascii: "k"): "\u{328}"
        case UInt8(ascii: "r"): "\u{30A}"
        case UInt8(ascii: "u"): "\u{306}"
        case UInt8(ascii: "d"): "\u{323}"
        case UInt8(ascii: "b"): "\u{331}"
        case UInt8(ascii: "t"): "\u{361}"
        default: nil
        }
    }

    /// The accent that writes a combining mark: the reverse of ``mark(_:)``, but for `\t`, which ties two letters.
    static func command(_ mark: Unicode.Scalar) -> Character? { commands[mark] }

    private static let commands: [Unicode.Scalar: Character] = {
        var commands: [Unicode.Scalar: Character] = [:]
        for sign in "'`^\"~=.vcHkrudb".utf8 {
            if let mark = mark(sign) { commands[mark] = Character(Unicode.Scalar(sign)) }
        }
        return commands
    }()

    /// The combining mark that `\hat{x}` and its like put over one letter of a formula.
    static func mathMark(_ name: String) -> Unicode.Scalar? {
        switch name {
        case "hat", "widehat": "\u{302}"
        case "tilde", "widetilde": "\u{303}"
        case "bar", "overline": "\u{304}"
        case "vec": "\u{20D7}"
        case "dot": "\u{307}"
        case "ddot": "\u{308}"
        case "check": "\u{30C}"
        case "breve": "\u{306}"
        case "acute": "\u{301}"
        case "grave": "\u{300}"
        case "underline": "\u{332}"
        default: nil
        }
    }

    /// The first letter of `base` with the mark, composed, and the rest; nil where no letter starts it.
    static func letter(_ base: [UInt8], _ mark: Unicode.Scalar) -> String? {
        let text = String(decoding: base, as: UTF8.self)
        guard let first = text.first, first.isLetter else { return nil }
        // Accents go over the dotless letters in TeX, and over the plain ones in Unicode.
        let carrier: Character = first == "ı" ? "i" : first == "ȷ" ? "j" : first
        var marked = String(carrier)
        marked.unicodeScalars.append(mark)
        return marked.precomposedStringWithCanonicalMapping + text.dropFirst()
    }

    /// One letter gets the mark; a longer term stays plain, because marks over several letters do not render.
    static func marked(_ base: [UInt8], _ mark: Unicode.Scalar) -> [UInt8] {
        let text = String(decoding: base, as: UTF8.self)
        guard text.count == 1, let letter = letter(base, mark) else { return base }
        return Array(letter.utf8)
    }
}
