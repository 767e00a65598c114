/// What has to be among the words of a ``SearchText``: all papers that a filter asks for have it, and few others.
public indirect enum SearchNeed: Hashable, Sendable {
    case word(String)
    /// A word of the title.
    case titleWord(String)
    /// A word that begins so.
    case beginning(String)
    case all([SearchNeed])
    case any([SearchNeed])

    /// Nil where the index does not tell which papers a filter asks for.
    public init?(_ filter: Filter) {
        guard let need = Self.need(filter.expression) else { return nil }
        self = need
    }

    /// Papers that have all of some words, each in some form.
    ///
    /// - Parameter words: folded, as they were cut from a text; nil of none.
    public static func words(_ words: [String]) -> SearchNeed? { joined(all: words.map { SearchWords.Word($0).need }) }

    /// Papers of a person, and of some whose names agree with theirs; nil where the name has no word.
    public static func author(_ name: String) -> SearchNeed? { need(NamePattern(name)) }

    /// How many words of a phrase are asked for; the fewest papers have the longest.
    private static let wordsOfPhrase = 4
    /// Words that begin with less are as good as all.
    private static let shortestBeginning = 4

    private static func need(_ expression: Expression) -> SearchNeed? {
        switch expression {
        case .test(let test): return need(test.condition)
        case .not: return nil
        case .or(let members):
            let needs = members.map { need($0) }
            return needs.contains(nil) ? nil : joined(any: needs.compactMap { $0 })
        case .and(let members):
            return joined(all: members.indices.compactMap { need(members, at: $0) })
        }
    }

    /// A member of an AND: a word also matches where it is fused with the word beside it.
    private static func need(_ members: [Expression], at index: Int) -> SearchNeed? {
        guard let alone = need(members[index]) else { return nil }
        let fused = [index - 1, index].compactMap { first -> SearchNeed? in
            guard first >= 0, first + 1 < members.count, let word = members[first].text,
                let next = members[first + 1].text, word.mayFuse(with: next)
            else { return nil }
            var pair = word
            pair.words += " " + next.words
            return .word(WordStem.of(Phrase(pair).words.joined()))
        }
        return joined(any: [alone] + fused)
    }

    private static func need(_ condition: Condition) -> SearchNeed? {
        switch condition {
        case .text(let text): need(text)
        case .author(let pattern): pattern.isPrefix ? nil : need(pattern)
        case .category(let pattern): .word(SearchToken.category(pattern.value))
        case .fact: nil
        }
    }

    private static func need(_ pattern: NamePattern) -> SearchNeed? {
        joined(any: pattern.indexKeys.sorted().map { .word(SearchToken.author($0)) })
    }

    /// Every word of the phrase has to be met, alone or run together with its neighbour, see `Phrase`.
    private static func need(_ text: TextCondition) -> SearchNeed? {
        let words = Phrase(text).words
        if text.style == .prefix {
            return words.first.flatMap { $0.utf8.count >= shortestBeginning ? .beginning($0) : nil }
        }
        let longest = words.indices.sorted { (words[$0].utf8.count, $1) > (words[$1].utf8.count, $0) }
        return joined(
            all:
                longest.prefix(wordsOfPhrase).sorted().map { index in
                    var ways = [words[index]]
                    if index > 0 { ways.append(words[index - 1] + words[index]) }
                    if index + 1 < words.count { ways.append(words[index] + words[index + 1]) }
                    return joined(any: ways.map { .word(WordStem.of($0)) }) ?? .word(words[index])
                })
    }

    static func joined(all needs: [SearchNeed]) -> SearchNeed? {
        var seen: Set<SearchNeed> = []
        let kept = needs.filter { seen.insert($0).inserted }
        return kept.count > 1 ? .all(kept) : kept.first
    }

    static func joined(any needs: [SearchNeed]) -> SearchNeed? {
        var seen: Set<SearchNeed> = []
        let kept = needs.filter { seen.insert($0).inserted }
        return kept.count > 1 ? .any(kept) : kept.first
    }
}
