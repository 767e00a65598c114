/// What somebody typed into the search: a filter, or text such as a title, a sentence or a few words.
public struct SearchWording: Sendable {
    public enum Kind: Sendable, Hashable {
        case filter
        /// Words to be found; where no paper has them all, papers with some of them are an answer, too.
        case text
    }

    public let kind: Kind
    /// Which papers are meant: of a text those that have all of its words.
    public let filter: Filter
    /// The words by which papers are ranked, in their order.
    public let words: SearchWords

    /// Whether what is meant is mostly told by words, so that the best paper is asked for rather than the newest.
    public var asksForBest: Bool { kind == .text || filter.isWordsOnly }

    /// Text is what has no sign of the filter language, and what has some as a title has them by accident.
    ///
    /// - Throws: the error of a text that was meant as a filter.
    public init(_ typed: String) throws(FilterError) {
        let signs = FilterSigns(typed)
        do throws(FilterError) {
            let filter = try Filter(typed)
            if signs.readsAsText || filter.isPlain(signs), let text = Self.plain(typed) {
                self.init(text: text, typed)
            } else {
                self.init(filter)
            }
        } catch {
            guard error.fault != .tooLong, !signs.isMeant || signs.readsAsText, let text = Self.plain(typed) else {
                throw error
            }
            self.init(text: text, typed)
        }
    }

    /// A filter as it is, such as a topic's.
    public init(_ filter: Filter) {
        kind = .filter
        self.filter = filter
        words = SearchWords(filter)
    }

    private init(text filter: Filter, _ typed: String) {
        kind = .text
        self.filter = filter
        words = SearchWords(text: typed)
    }

    /// Papers that have some of the words; nil where there is but one.
    public var loose: Filter? {
        let members = words.telling.map { "\"\($0.written)\"" }
        return members.count > 1 ? try? Filter(members.joined(separator: " OR ")) : nil
    }

    /// The most words of a text that a paper has to have.
    private static let mostWords = 60

    /// The words of a text as a filter that asks for all of them.
    private static func plain(_ typed: String) -> Filter? {
        var pieces: [String] = []
        for piece in typed.unicodeScalars.split(whereSeparator: { $0.properties.isWhitespace || $0.isSign }) {
            // In lower case AND, OR and NOT are words; a minus sign before a word is none where a word is before it.
            let word = String(String.UnicodeScalarView(piece)).lowercased()
                .drop { $0.unicodeScalars.allSatisfy { $0.wordClass == .other } }
            guard !Words.split(String(word)).isEmpty else { continue }
            pieces.append(word.last == "*" ? String(word.dropLast()) : String(word))
            if pieces.count == mostWords { break }
        }
        return try? Filter(pieces.joined(separator: " "))
    }
}

extension Unicode.Scalar {
    /// What has a meaning in the filter language, and none in a text.
    fileprivate var isSign: Bool { "\"“”„‟«»＂()[]{}<>≤≥=|&*:;,?!/\\".unicodeScalars.contains(self) }
}

extension Filter {
    /// Whether it asks for words and nothing else, all of which must be there.
    fileprivate func isPlain(_ signs: FilterSigns) -> Bool {
        guard !signs.hasQuotes, !signs.hasOperators else { return false }
        switch expression {
        case .test(let test): return test.isBareWord
        case .and(let members):
            return members.allSatisfy { if case .test(let test) = $0 { test.isBareWord } else { false } }
        case .or, .not: return false
        }
    }

    /// Whether it asks for words and phrases anywhere, and excludes nothing.
    fileprivate var isWordsOnly: Bool {
        switch expression {
        case .test(let test): test.isText
        case .and(let members):
            members.allSatisfy { if case .test(let test) = $0 { test.isText } else { false } }
        case .or, .not: false
        }
    }
}

extension Test {
    fileprivate var isBareWord: Bool {
        if case .text(let text) = condition { text.scope == .anywhere && text.style == .inflected } else { false }
    }

    fileprivate var isText: Bool {
        if case .text(let text) = condition { text.scope == .anywhere || text.scope == .title } else { false }
    }
}
