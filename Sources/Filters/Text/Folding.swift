import Core
import Foundation
import Papers

/// Makes texts comparable: case, accents and compatibility forms (ligatures, full width, mathematical letters) are folded.
///
/// `Poincaré`, `POINCARE` and `Poincare\u{301}` all become `poincare`. Folding a folded text changes nothing.
enum Folding {
    static func fold(_ text: String) -> String {
        text.utf8.allSatisfy { $0 < 0x80 } ? text.lowercased() : foldPieces(CombiningMarks.limited(text))
    }

    /// Piece by piece between blanks, with which no sign composes: most texts have a dash or a quotation mark somewhere, and
    /// are of ASCII but for that.
    private static func foldPieces(_ text: String) -> String {
        let blank = UInt8(ascii: " ")
        let bytes = text.utf8
        var folded = ""
        folded.reserveCapacity(bytes.count)
        var rest = bytes.startIndex
        while let other = bytes[rest...].firstIndex(where: { $0 >= 0x80 }) {
            let start = bytes[rest..<other].lastIndex(of: blank) ?? rest
            let end = bytes[other...].firstIndex(of: blank) ?? bytes.endIndex
            folded += text[rest..<start].lowercased()
            folded += foldUnicode(String(text[start..<end]))
            rest = end
        }
        return folded + text[rest...].lowercased()
    }

    /// Compatibility decomposition (Unicode annex 15), marks dropped, lower case, then composed again so that Hangul
    /// and kana keep one scalar a sign.
    private static func foldUnicode(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
            if scalar.isASCII {
                folded.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            } else if !isDropped(scalar) {
                appendLowercase(scalar, to: &folded)
            }
        }
        return String(folded).precomposedStringWithCanonicalMapping
    }

    private static func appendLowercase(_ scalar: Unicode.Scalar, to folded: inout String.UnicodeScalarView) {
        for lower in scalar.properties.lowercaseMapping.unicodeScalars where !isDropped(lower) {
            if let letters = plainLetters(for: lower) {
                folded.append(contentsOf: letters.unicodeScalars)
            } else {
                folded.append(lower)
            }
        }
    }

    /// Accents of the Latin, Greek, Cyrillic, Hebrew and Arabic scripts, and signs that nobody sees.
    ///
    /// Marks of other scripts (Indic vowels, the Japanese voicing signs) tell words apart and stay.
    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0300...0x036F, 0x0483...0x0487, 0x0591...0x05BD, 0x064B...0x065F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF,
            0x20D0...0x20FF, 0xFE20...0xFE2F:
            true
        default:
            InvisibleScalar.contains(scalar.value) || InvisibleScalar.isJoiner(scalar.value)
                || InvisibleScalar.isVariationSelector(scalar.value)
        }
    }

    /// Letters that Unicode does not decompose but people type without their stroke or ligature.
    private static func plainLetters(for scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "ł": "l"
        case "ø": "o"
        case "đ", "ð": "d"
        case "ħ": "h"
        case "ŧ": "t"
        case "ı": "i"
        case "ß": "ss"
        case "æ": "ae"
        case "œ": "oe"
        case "þ": "th"
        case "ς": "σ"
        default: nil
        }
    }
}
