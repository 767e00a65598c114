/// Long text, cut where a reader would cut it.
public enum Shortened {
    /// At most `limit` characters: whole, else up to the last sentence that ends in the second half, else up to a word with
    /// an ellipsis. Scripts without blanks are cut between characters, and half as many of theirs fill the same space.
    public static func abstract(_ text: String, limit: Int) -> String {
        let limit = isWide(text) ? limit / 2 : limit
        guard limit > 0 else { return "" }
        guard exceeds(text, limit) else { return text }
        if let end = sentenceEnd(in: text, limit: limit) { return String(text[..<end]) }
        return words(text, limit: limit)
    }

    /// At most `limit` characters: whole, else up to a word with an ellipsis.
    public static func words(_ text: String, limit: Int) -> String {
        guard limit > 0 else { return "" }
        guard exceeds(text, limit) else { return text }
        let cut = text.index(text.startIndex, offsetBy: limit - 1)
        let least = text.index(text.startIndex, offsetBy: limit / 2)
        var end = cut
        if !text[cut].isWhitespace, let blank = text[least..<cut].lastIndex(where: \.isWhitespace) { end = blank }
        while end > least, isLoose(text[text.index(before: end)]) { end = text.index(before: end) }
        return text[..<end] + "…"
    }

    /// Whether most of the text is in East Asian wide characters, judged by its beginning.
    private static func isWide(_ text: String) -> Bool {
        let start = text.unicodeScalars.prefix(100)
        return start.count { WrappedText.columnCount($0) == 2 } > start.count / 2
    }

    private static func exceeds(_ text: String, _ limit: Int) -> Bool {
        if text.utf8.count <= limit { return false }
        guard let end = text.index(text.startIndex, offsetBy: limit, limitedBy: text.endIndex) else { return false }
        return end < text.endIndex
    }

    /// After the last full stop, or its like, in the second half.
    private static func sentenceEnd(in text: String, limit: Int) -> String.Index? {
        let stop = text.index(text.startIndex, offsetBy: limit)
        let least = text.index(text.startIndex, offsetBy: limit / 2)
        var index = stop
        while index > least {
            index = text.index(before: index)
            if isSentenceEnd(index, in: text) { return text.index(after: index) }
        }
        return nil
    }

    private static func isSentenceEnd(_ index: String.Index, in text: String) -> Bool {
        if "。！？．".contains(text[index]) { return true }
        guard ".!?".contains(text[index]) else { return false }
        var next = text.index(after: index)
        guard next < text.endIndex, text[next].isWhitespace else { return false }
        while next < text.endIndex, text[next].isWhitespace { next = text.index(after: next) }
        guard next < text.endIndex, !text[next].isLowercase else { return false }
        return text[index] != "." || !isAbbreviation(text[..<index])
    }

    /// Whether the word before a full stop is one that ends with it anyway: an initial, `e.g`, `et al`, `Fig`.
    private static func isAbbreviation(_ before: Substring) -> Bool {
        let start =
            before.lastIndex { $0.isWhitespace || $0 == "(" }.map { before.index(after: $0) } ?? before.startIndex
        let word = before[start...].lowercased()
        return (word.count == 1 && word.first?.isLetter == true) || abbreviations.contains(word)
    }

    private static let abbreviations: Set<String> = [
        "al", "approx", "cf", "dr", "e.g", "eg", "eq", "eqs", "etc", "fig", "figs", "i.e", "ie", "no", "prof", "resp",
        "sec",
        "st", "vs", "w.r.t",
    ]

    /// What does not stand before an ellipsis.
    private static func isLoose(_ character: Character) -> Bool {
        character.isWhitespace || ",;:-–—([".contains(character)
    }
}
