import Core

/// What a feed calls text, as text: no markup, no character references, single blanks, nothing invisible.
public enum PlainText {
    /// Removes HTML and JATS markup (scripts and styles with what they hold), resolves character references (also those
    /// escaped twice), folds white space to single blanks and trims it, drops control characters, and drops what turns the
    /// direction of writing or hides in no width at all (Unicode UAX #9, UTS #39).
    ///
    /// Text that only looks like markup stays: `a < b`, `<think>`, `<subject, object, predicate>`; and where `form` says
    /// that the text is plain, all that looks like it. Formulas in MathML become a line of text with the same value.
    ///
    /// C1 controls, which no text has, are read as the characters that windows-1252 has in their place.
    public static func clean(_ text: String) -> String { clean(text, as: .undeclared) }

    public static func clean(_ text: String, as form: TextForm) -> String {
        String(decoding: CombiningMarks.limited(clean(Array(text.utf8), as: form)), as: UTF8.self)
    }

    /// The same over UTF-8 bytes, which is how documents arrive.
    ///
    /// - Parameter beforeTeX: whether ``LaTeX`` reads the result; then braces of MathML are written as its.
    public static func clean(
        _ utf8: [UInt8], as form: TextForm = .undeclared, beforeTeX: Bool = false
    ) -> [UInt8] {
        let text = utf8.withoutOuterBlanks
        let profile = TextProfile(text)
        if profile.mayHoldMarkup, form != .plain {
            return folded(Markup.removed(from: utf8, as: form, beforeTeX: beforeTeX)[...])
        }
        if profile.needsFolding { return folded(utf8[...]) }
        return text.count == utf8.count ? utf8 : Array(text)
    }

    /// Whether this byte leads UTF-8 sequences among which blanks and invisible characters are.
    @inline(__always)
    private static func mayHide(_ lead: UInt8) -> Bool {
        switch lead {
        case 0xC2, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF, 0xF3: true
        default: false
        }
    }

    /// Whether the whole text is elements of HTML, from the first character to the last, as no sentence is.
    public static func isWrapped(_ utf8: [UInt8]) -> Bool { Markup.isWrapped(utf8) }

    /// White space folded, controls and invisible characters dropped.
    static func folded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var pendingBlank = false
        var at = text.startIndex
        while at < text.endIndex {
            let byte = text[at]
            var length = 1
            var kind = Kind.visible
            if byte <= 0x20 {
                kind = byte.isBlank || byte == 0x1F ? .blank : .invisible
            } else if byte >= 0x7F {
                (kind, length) = byte == 0x7F ? (.invisible, 1) : classify(text, at)
                if kind == .joiner { kind = joins(after: output) ? .visible : .invisible }
            }
            switch kind {
            case .blank: pendingBlank = true
            case .invisible, .joiner: break
            case .visible:
                if pendingBlank, !output.isEmpty { output.append(.space) }
                pendingBlank = false
                for offset in 0..<length { output.append(text[at + offset]) }
            case .windows1252:
                if pendingBlank, !output.isEmpty { output.append(.space) }
                pendingBlank = false
                output.append(String(HTMLEntities.windows1252[Int(text[at + 1] - 0x80)]))
            }
            at += length
        }
        return output
    }

    private enum Kind { case visible, blank, invisible, joiner, windows1252 }

    private static func classify(_ text: ArraySlice<UInt8>, _ at: Int) -> (Kind, Int) {
        let lead = text[at]
        let length = min(lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4, text.endIndex - at)
        guard mayHide(lead), length > 1 else { return (.visible, length) }
        var scalar = UInt32(lead & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07))
        for offset in 1..<length { scalar = scalar << 6 | UInt32(text[at + offset] & 0x3F) }
        switch scalar {
        case 0x81, 0x8D, 0x8F, 0x90, 0x9D: return (.invisible, length)
        case 0x80...0x9F: return (.windows1252, length)
        case 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return (.blank, length)
        case _ where InvisibleScalar.isJoiner(scalar): return (.joiner, length)
        default: return (InvisibleScalar.contains(scalar) ? .invisible : .visible, length)
        }
    }

    /// Joiners belong to Persian and Indic words and to emoji; after Latin, Greek or Cyrillic they only hide.
    private static func joins(after output: [UInt8]) -> Bool {
        guard let lead = output.suffix(4).last(where: { $0 < 0x80 || $0 >= 0xC0 }) else { return false }
        return lead >= 0xD8
    }
}
