/// The words of a text condition, ready to be met by a paper's words.
struct Phrase {
    let style: TextCondition.Style
    /// Each in the form in which its style compares.
    let words: [String]

    init(_ condition: TextCondition) {
        style = condition.style
        words = Words.separated(condition.words).map { condition.style == .inflected ? Inflection.key(of: $0) : $0 }
    }

    func isFound(in segment: [TextWord]) -> Bool {
        if style == .prefix { return isPrefix(in: segment) }
        return segment.indices.contains { follows(in: segment, at: $0, word: 0) }
    }

    /// Whether one word of the text is these words run together.
    func isFused(in segment: [TextWord]) -> Bool {
        let fused = words.joined()
        return segment.contains { $0.forms(style).contains(fused) || $0.fusedForms(style).contains(fused) }
    }

    /// Whether the words from `word` on stand in the text from `at` on.
    ///
    /// Two words of the phrase may be one in the text (`self supervised`, "selfsupervised"), and one of the phrase may
    /// be two hyphenated ones in the text (`selfsupervised`, "self-supervised").
    private func follows(in segment: [TextWord], at: Int, word: Int) -> Bool {
        guard word < words.count else { return true }
        guard at < segment.count else { return false }
        let met = segment[at]
        if met.forms(style).contains(words[word]), follows(in: segment, at: at + 1, word: word + 1) { return true }
        if word + 1 < words.count, met.forms(style).contains(words[word] + words[word + 1]),
            follows(in: segment, at: at + 1, word: word + 2)
        {
            return true
        }
        return met.fusedForms(style).contains(words[word]) && follows(in: segment, at: at + 2, word: word + 1)
    }

    private func isPrefix(in segment: [TextWord]) -> Bool {
        guard let prefix = words.first?.utf8 else { return false }
        return segment.contains { word in
            word.exact.utf8.starts(with: prefix) || word.fused?.exact.utf8.starts(with: prefix) ?? false
        }
    }
}
