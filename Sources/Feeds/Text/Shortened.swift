import Core

/// A title for an entry that has none.
enum Shortened {
    /// The first words of the text, up to 80 characters.
    static func title(_ text: String) -> String {
        guard text.count > 80 else { return text }
        let cut = text.prefix(79)
        let words = cut.lastIndex(of: " ").map { cut[..<$0] } ?? cut
        return words.trimmed + "…"
    }
}
