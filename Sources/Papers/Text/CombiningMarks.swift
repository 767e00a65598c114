import Core

/// Runs of combining marks longer than any writing has.
///
/// Normalising, comparing and hashing a text sorts the marks after each letter (Unicode annex 15), in time that grows with
/// the square of their number.
public enum CombiningMarks {
    /// The most marks that are kept after one another. Hebrew with vowels and cantillation, Tibetan and the phonetic alphabet
    /// have as many.
    static let most = 4
    /// The most marks and invisible signs together: the flag of England is a flag and six of those.
    static let mostWithSigns = 8

    /// The text without the marks beyond the fourth of each run.
    public static func limited(_ utf8: [UInt8]) -> [UInt8] {
        var output: [UInt8]?
        var run = 0
        var marks = 0
        var copied = 0
        var at = 0
        let count = utf8.count
        while at < count {
            let lead = utf8[at]
            if lead < 0xCC {
                // Among the two bytes of U+0080 to U+02FF, and among stray ones, is no mark.
                at += lead < 0xC0 ? 1 : 2
                run = 0
                marks = 0
                continue
            }
            let length = min(lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4, count - at)
            var value = UInt32(lead & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07))
            for offset in 1..<max(1, length) { value = value << 6 | UInt32(utf8[at + offset] & 0x3F) }
            let isPart = isMark(value)
            run = isPart ? run + 1 : 0
            marks = isPart ? marks + (isSign(value) ? 0 : 1) : 0
            if run > mostWithSigns || (marks > most && !isSign(value)) {
                if output == nil { output = [] }
                output?.append(contentsOf: utf8[copied..<at])
                copied = at + length
            }
            at += length
        }
        guard var kept = output else { return utf8 }
        if copied < count { kept.append(contentsOf: utf8[copied...]) }
        return kept
    }

    /// The same of a string.
    public static func limited(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0xCC }) else { return text }
        return String(decoding: limited(Array(text.utf8)), as: UTF8.self)
    }

    /// Whether a scalar has no shape of its own: joiners, selectors of variants, tags.
    private static func isSign(_ value: UInt32) -> Bool {
        InvisibleScalar.contains(value) || InvisibleScalar.isJoiner(value) || InvisibleScalar.isVariationSelector(value)
    }

    /// Whether a scalar is sorted among the marks after a letter, is made of such, or may be dropped between two of them.
    private static func isMark(_ value: UInt32) -> Bool {
        switch value {
        case 0x300...0x36F: return true
        // Alphabets, signs, kana, Han and Hangul, of which most text is.
        case 0x370...0x482, 0x48A...0x590, 0x1E00...0x1FFF, 0x2010...0x2029, 0x2030...0x205F, 0x2070...0x20CF,
            0x2100...0x2CEE, 0x3000...0x3029, 0x3030...0x3098, 0x309B...0xA66E, 0xAC00...0xD7FF, 0xE000...0xFAFF,
            0xFF00...0xFF9D, 0x1F000...0xDFFFF:
            return false
        // Nobody sees them.
        case _ where isSign(value): return true
        // They are no marks themselves and come apart into some.
        case 0xF73, 0xF75, 0xF81, 0xFF9E, 0xFF9F: return true
        default:
            guard let scalar = Unicode.Scalar(value) else { return false }
            return scalar.properties.canonicalCombiningClass != .notReordered
        }
    }
}
