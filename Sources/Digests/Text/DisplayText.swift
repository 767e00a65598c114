import Core

/// Text from outside, made fit to stand in a line of a mail or a page.
public enum DisplayText {
    /// One line: white space and control characters become single blanks, and what changes the direction of its
    /// surroundings or is invisible is gone.
    public static func line(_ text: String) -> String {
        if isLine(text) || isLatinLine(text) { return text }
        var result = String.UnicodeScalarView()
        var pendingBlank = false
        for scalar in text.unicodeScalars {
            if isBlank(scalar) {
                pendingBlank = !result.isEmpty
            } else if !isHidden(scalar) {
                if pendingBlank { result.append(" ") }
                pendingBlank = false
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Whether ASCII text is a line already, as most is.
    static func isLine(_ text: String) -> Bool {
        var before: UInt8 = 0x20
        for byte in text.utf8 {
            if byte < 0x20 || byte >= 0x7F || (byte == 0x20 && before == 0x20) { return false }
            before = byte
        }
        return before != 0x20
    }

    /// Whether a text is a line already and all of letters and signs that each take a column and of which none is hidden, as
    /// are Latin letters, dashes and quotation marks. To ask Unicode of every character costs ten times as much.
    private static func isLatinLine(_ text: String) -> Bool {
        var before: UInt32 = 0x20
        for scalar in text.unicodeScalars {
            let value = scalar.value
            guard value == 0x20 ? before != 0x20 : isLatin(value) else { return false }
            before = value
        }
        return before != 0x20
    }

    /// Latin letters and their punctuation, without blanks and what is hidden.
    static func isLatin(_ value: UInt32) -> Bool {
        switch value {
        case 0xAD: false
        case 0x21...0x7E, 0xA1...0x2FF, 0x2010...0x2027: true
        default: false
        }
    }

    /// A part of a line: as ``line(_:)``, but a blank at either end stays.
    public static func stretch(_ text: String) -> String {
        let line = line(text)
        guard !line.isEmpty else { return text.isEmpty ? "" : " " }
        let before = text.unicodeScalars.first.map(isBlank) ?? false
        let after = text.unicodeScalars.last.map(isBlank) ?? false
        return (before ? " " : "") + line + (after ? " " : "")
    }

    /// Each line by itself, without empty ones.
    static func lines(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { line(String($0)) }.filter { !$0.isEmpty }
    }

    /// For plain text, where no markup keeps directions apart: a line with right-to-left text stands between FSI and PDI,
    /// which do not reach beyond a line end (UAX 9).
    static func isolated(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isRightToLeft) else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { "\u{2068}\($0)\u{2069}" }
            .joined(separator: "\n")
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value <= 0x20 || scalar.value == 0x7F }
        return scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        // Tags make the flags of England, Scotland and Wales, which a site may have in its name.
        (InvisibleScalar.contains(scalar.value) && !(0xE0020...0xE007F).contains(scalar.value))
            || InvisibleScalar.isNoncharacter(scalar.value)
    }

    /// Hebrew, Arabic, Syriac and the like, with their presentation forms.
    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
    }
}
