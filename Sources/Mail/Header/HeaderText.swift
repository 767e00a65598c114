import Core

/// Text from outside made fit for a header: one line, nothing invisible, nothing that reorders.
public enum HeaderText {
    /// `text` without controls, bidi overrides and invisible characters, white space folded to single spaces.
    ///
    /// Line ends become spaces, so that nothing can start a header of its own. `=?` is parted, because some readers
    /// decode a header twice and would then show what the sender of a title chose.
    public static func cleaned(_ text: some StringProtocol) -> String {
        if isCleanASCII(text) { return String(text) }
        var result = String.UnicodeScalarView()
        var space = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace || isControl(scalar) {
                space = true
                continue
            }
            if isInvisible(scalar) { continue }
            if space, !result.isEmpty { result.append(" ") }
            space = false
            if scalar == "?", result.last == "=" { result.append(" ") }
            result.append(scalar)
        }
        return String(result)
    }

    /// `text` cut after at most `limit` characters, with `…` where something is missing, at a word if one is near.
    public static func shortened(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit, text.unicodeScalars.count > limit else { return text }
        var kept = ""
        var count = 0
        for character in text {
            count += character.unicodeScalars.count
            if count > limit - 1 { break }
            kept.append(character)
        }
        if let space = kept.lastIndex(of: " "), kept.distance(from: space, to: kept.endIndex) < 20 {
            kept = String(kept[..<space])
        }
        return kept + "…"
    }

    /// The common case, told in one pass over the bytes: printable ASCII, single spaces inside, nothing like `=?`.
    private static func isCleanASCII(_ text: some StringProtocol) -> Bool {
        var last: UInt8 = 0x20
        for byte in text.utf8 {
            if byte < 0x20 || byte > 0x7E || (byte == 0x20 && last == 0x20) { return false }
            if byte == UInt8(ascii: "?"), last == UInt8(ascii: "=") { return false }
            last = byte
        }
        return last != 0x20
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }

    /// What neither shows nor joins letters, and the marks that stand for an object or for a broken letter.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        InvisibleScalar.contains(scalar.value) || InvisibleScalar.isNoncharacter(scalar.value)
            || scalar.value == 0xFFFC || scalar.value == 0xFFFD
    }
}

extension StringProtocol {
    /// Whether it holds `=?` or `?=`, which a reader may take for the ends of an encoded word.
    var holdsEncodedWordMark: Bool {
        var last: UInt8 = 0
        for byte in utf8 {
            if (byte == UInt8(ascii: "?") && last == UInt8(ascii: "="))
                || (byte == UInt8(ascii: "=") && last == UInt8(ascii: "?"))
            {
                return true
            }
            last = byte
        }
        return false
    }
}
