/// Text from outside made fit for a header: one line, nothing invisible, nothing that reorders.
public enum HeaderText {
    /// `text` without controls, bidi overrides and invisible characters, white space folded to single spaces.
    ///
    /// Line ends become spaces, so that nothing can start a header of its own. `=?` is parted, because some readers
    /// decode a header twice and would then show what the sender of a title chose.
    public static func cleaned(_ text: some StringProtocol) -> String {
        if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") }) { return String(text) }
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
        guard text.unicodeScalars.count > limit else { return text }
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

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }

    /// What neither shows nor joins letters: bidi marks and overrides, zero-width spaces, tags, the replacement mark.
    /// The zero-width joiners stay; emoji, Persian and the scripts of India need them.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFD,
            0xE0000...0xE007F:
            true
        default: scalar.value & 0xFFFE == 0xFFFE
        }
    }
}
