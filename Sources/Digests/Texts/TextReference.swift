import Core

/// `{{t.key}}` in a template: the text of that key stands there, before anything is parsed.
///
/// In a mail's HTML `{{t.key(color:#6b665e)}}` gives the links of the text that style.
struct TextReference {
    let key: String
    /// Empty where there is none.
    let style: String
    /// Where it stands.
    let range: Range<Substring.Index>

    private static let opening = "{{t."

    /// The first of a text; nil where it is not closed.
    static func first(in text: Substring) -> TextReference? {
        guard let start = text.firstRange(of: opening) else { return nil }
        return TextReference(in: text, at: start.lowerBound)
    }

    /// The one that begins at an index; nil where none does.
    init?(in text: Substring, at start: Substring.Index) {
        guard text[start...].hasPrefix(Self.opening) else { return nil }
        let rest = text[text.index(start, offsetBy: Self.opening.count)...]
        let key = rest.prefix { $0 != "(" && $0 != "}" }
        self.key = key.trimmed
        let hasStyle = rest[key.endIndex...].first == "("
        guard let closing = rest[key.endIndex...].firstRange(of: hasStyle ? ")}}" : "}}") else { return nil }
        style = hasStyle ? String(rest[rest.index(after: key.endIndex)..<closing.lowerBound]) : ""
        range = start..<closing.upperBound
    }
}
