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
        var walk = PhraseSteps(self)
        return segment.contains { walk.takes($0, begins: true) }
    }

    /// How many words the phrase takes where it begins with the first; nil where it does not, or takes more than `most`.
    func length(atStartOf segment: ArraySlice<TextWord>, most: Int) -> Int? {
        if style == .prefix { return segment.first.map(hasPrefix) == true ? 1 : nil }
        var walk = PhraseSteps(self)
        for (count, word) in segment.prefix(most).enumerated() {
            if walk.takes(word, begins: count == 0) { return count + 1 }
            if walk.isOver { return nil }
        }
        return nil
    }

    /// Whether one word of the text is these words run together.
    func isFused(in segment: [TextWord]) -> Bool {
        let fused = words.joined()
        return segment.contains { $0.forms(style).contains(fused) || $0.fusedForms(style).contains(fused) }
    }

    private func isPrefix(in segment: [TextWord]) -> Bool { segment.contains(where: hasPrefix) }

    private func hasPrefix(_ word: TextWord) -> Bool {
        guard let prefix = words.first?.utf8 else { return false }
        return word.exact.utf8.starts(with: prefix) || word.fused?.exact.utf8.starts(with: prefix) ?? false
    }
}

/// How far a phrase has been met, going over a text word by word: one bit for each number of its words that may be behind.
///
/// Two words of the phrase may be one in the text (`self supervised`, "selfsupervised"), and one of the phrase may be two
/// hyphenated ones in the text (`selfsupervised`, "self-supervised"). So there are several ways to go on from a word, but
/// never more than the phrase has words.
private struct PhraseSteps {
    private let phrase: Phrase
    /// What may stand behind at the next word, and at the one after that.
    private var now: UInt64 = 0
    private var later: UInt64 = 0

    init(_ phrase: Phrase) { self.phrase = phrase }

    /// Whether nothing is left to go on from.
    var isOver: Bool { now | later == 0 }

    /// Goes over one word. Returns whether the phrase ends with it.
    ///
    /// - Parameter begins: whether it may begin here.
    mutating func takes(_ word: TextWord, begins: Bool) -> Bool {
        var waiting = begins ? now | 1 : now
        (now, later) = (later, 0)
        let words = phrase.words
        let (forms, fused) = (word.forms(phrase.style), word.fusedForms(phrase.style))
        while waiting != 0 {
            let place = waiting.trailingZeroBitCount
            waiting &= waiting - 1
            guard place < words.count else { continue }
            if forms.contains(words[place]) { now |= 1 << UInt64(place + 1) }
            if place + 1 < words.count, forms.contains(where: { Self.joins(words[place], words[place + 1], to: $0) }) {
                now |= 1 << UInt64(place + 2)
            }
            if !fused.isEmpty, fused.contains(words[place]) { later |= 1 << UInt64(place + 1) }
        }
        let end: UInt64 = 1 << UInt64(words.count)
        return (now | later) & end != 0
    }

    /// Whether two words run together are a third, without making it.
    private static func joins(_ first: String, _ second: String, to form: String) -> Bool {
        form.utf8.count == first.utf8.count + second.utf8.count && form.utf8.starts(with: first.utf8)
            && form.utf8.dropFirst(first.utf8.count).elementsEqual(second.utf8)
    }
}
