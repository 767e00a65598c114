/// What publishers put before the title of a paper that is no longer valid: `RETRACTED ARTICLE: …`, `[Withdrawn] …`.
public struct StatusPrefix: Sendable {
    public let status: PaperStatus
    /// The title without it.
    public let rest: String

    /// Nil for a title that says nothing of the kind; a title that only begins with such a word is one
    /// (`Retracted papers and who cites them`).
    public init?(_ title: String) {
        var text = title[...]
        let isBracketed = text.first == "[" || text.first == "("
        if isBracketed { text = text.dropFirst() }
        let marks: [Character] = isBracketed ? ["]", ")"] : [":"]
        guard let end = text.firstIndex(where: { marks.contains($0) }) else { return nil }
        let words = text[..<end].lowercased().split(separator: " ")
        guard words.count <= 2, let status = Self.words[words.joined(separator: " ")] else { return nil }
        let rest = text[text.index(after: end)...].drop { $0 == ":" || $0.isWhitespace }
        guard !rest.isEmpty else { return nil }
        self.status = status
        self.rest = String(rest)
    }

    private static let words: [String: PaperStatus] = {
        var words: [String: PaperStatus] = [:]
        for (word, status) in [
            ("retracted", PaperStatus.retracted), ("withdrawn", .withdrawn), ("removed", .withdrawn),
        ] {
            for kind in ["", " article", " paper", " chapter", " preprint"] { words[word + kind] = status }
        }
        return words
    }()
}
