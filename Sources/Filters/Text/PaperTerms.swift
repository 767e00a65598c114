import Papers

/// The words of a paper as they are compared from paper to paper: folded, singular, without numbers and single letters.
public enum PaperTerms {
    /// Words that follow each other with nothing between them that says nothing: stop words, numbers and single letters end
    /// a run.
    public struct Run: Sendable, Equatable {
        public let words: [String]
        /// How often it counts.
        public let weight: Int
    }

    /// The title, which counts twice, the abstract and each keyword.
    public static func runs(of paper: Paper) -> [Run] {
        let texts = [(paper.title, 2), (paper.abstract, 1)] + paper.keywords.map { ($0, 1) }
        return texts.flatMap { text, weight in
            Words.split(text).map(\.text).split { !isTerm($0) }.map { words in
                Run(words: words.map(Inflection.singular), weight: weight)
            }
        }
    }

    private static func isTerm(_ word: String) -> Bool {
        guard !StopWords.contains(word), let first = word.unicodeScalars.first else { return false }
        if first.isWrittenWithoutBlanks { return true }
        return word.utf8.count > 1 && word.unicodeScalars.contains { $0.properties.isAlphabetic }
    }

    /// The same for every form in which feeds write a name; nil for a single word, which may be anybody's.
    public static func authorKey(_ name: String) -> String? {
        let words = PersonName(name).words
        return words.count > 1 ? words.joined(separator: " ") : nil
    }

    /// How a paper spells a term: `LLM agents` for `llm agent`. The term itself where the paper has it in no such form.
    ///
    /// - Parameter term: words of a run, joined by blanks.
    public static func spelling(of term: String, in paper: Paper) -> String {
        let wanted = Words.separated(term)
        for text in [paper.title, paper.abstract] {
            let pieces = text.split { !$0.isLetter && !$0.isNumber }
            let keys = pieces.lazy.map { Inflection.singular(Words.normalised(String($0))) }
            var found: [Substring] = []
            for (piece, key) in zip(pieces, keys) {
                if found.count < wanted.count, key == wanted[found.count] {
                    found.append(piece)
                } else {
                    found = key == wanted.first ? [piece] : []
                }
                guard found.count == wanted.count, let first = found.first, let last = found.last else { continue }
                let whole = text[first.startIndex..<last.endIndex]
                // Two words of a line, or of two lines.
                let isPlain = whole.count == found.reduce(found.count - 1) { $0 + $1.count }
                return isPlain && !whole.contains(where: \.isNewline) ? String(whole) : found.joined(separator: " ")
            }
        }
        return term
    }
}
