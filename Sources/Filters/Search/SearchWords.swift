/// The words by which papers are ranked.
public struct SearchWords: Sendable {
    public struct Word: Hashable, Sendable {
        /// Folded, as it was typed.
        public let written: String
        let stem: String

        init(_ written: String) {
            self.written = written
            stem = WordStem.of(written)
        }

        /// What papers with the word, or with a form of it, have.
        public var need: SearchNeed { stem == written ? .word(stem) : .any([.word(written), .word(stem)]) }
    }

    /// In their order, also those that say nothing.
    let all: [Word]
    /// The same, each once, without those that say nothing where others do.
    public let telling: [Word]

    public var isEmpty: Bool { telling.isEmpty }

    /// More words than these do not change much of an order.
    private static let most = 32

    init(text: String) { self.init(Words.split(text).map(\.text)) }

    /// Those that a filter looks for, without what it excludes.
    init(_ filter: Filter) {
        self.init(
            filter.expression.wanted.flatMap { condition -> [String] in
                switch condition {
                case .text(let text) where text.style != .prefix && text.scope != .organization:
                    Words.separated(text.words)
                case .author(let name): name.words
                default: []
                }
            })
    }

    private init(_ words: [String]) {
        all = words.prefix(Self.most).map(Word.init)
        var seen: Set<Word> = []
        let distinct = all.filter { seen.insert($0).inserted }
        let telling = distinct.filter { !Self.empty.contains($0.written) }
        self.telling = telling.isEmpty ? distinct : telling
    }

    /// Papers that have all telling words in some form, alone or run together with the word beside them.
    public var needOfAll: SearchNeed? {
        SearchNeed.joined(
            all: telling.indices.map { index in
                let word = telling[index]
                var ways = [word.written, word.stem]
                if index > 0 { ways.append(WordStem.of(telling[index - 1].written + word.written)) }
                if index + 1 < telling.count { ways.append(WordStem.of(word.written + telling[index + 1].written)) }
                return SearchNeed.joined(any: ways.map { .word($0) }) ?? word.need
            })
    }

    /// Papers that have them in their titles.
    public var needInTitle: SearchNeed? {
        SearchNeed.joined(all: telling.map { .titleWord($0.written) })
    }

    /// Papers that have all but one, for each one that may be missing.
    public var needsOfMost: [SearchNeed] {
        guard telling.count > 2 else { return [] }
        return telling.indices.prefix(12).compactMap { missing in
            SearchNeed.joined(all: telling.indices.filter { $0 != missing }.map { telling[$0].need })
        }
    }

    /// Papers that have two words.
    public static func both(_ first: Word, _ second: Word) -> SearchNeed { .all([first.need, second.need]) }

    /// Words of English that stand in nearly every text.
    private static let empty: Set<String> = [
        "a", "about", "all", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "do", "does",
        "for",
        "from", "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "may", "more", "no", "not", "of",
        "on",
        "or", "our", "s", "should", "such", "t", "than", "that", "the", "their", "them", "then", "there", "these",
        "they",
        "this", "through", "to", "under", "using", "via", "was", "we", "were", "what", "when", "where", "which", "who",
        "why", "will", "with", "without", "you", "your",
    ]
}
