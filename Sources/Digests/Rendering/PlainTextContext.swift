/// A paper's values for the text part, where nothing wraps lines or keeps directions apart but the text itself.
enum PlainTextContext {
    static func context(from paper: TemplateContext) -> TemplateContext {
        var plain = paper
        for name in ["title", "abstract", "authors", "organization", "reasons", "note"] {
            guard case .text(let text) = paper[name] else { continue }
            plain.set(name, wrapped(text))
        }
        if case .text(let date) = paper["date"] {
            plain.set("date", String(date.map { $0 == "\u{A0}" ? " " : $0 }))
        }
        return plain
    }

    static func wrapped(_ text: String) -> String { DisplayText.isolated(WrappedText.wrap(text)) }
}

extension String {
    /// Bytes may be joined only at line ends.
    var endingAtLineEnd: String { hasSuffix("\n") ? self : self + "\n" }
}
