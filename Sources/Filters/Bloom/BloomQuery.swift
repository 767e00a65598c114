/// What a filter asks of ``PaperBloomFilter``s: every paper that matches the filter passes, and few others do.
public struct BloomQuery: Sendable {
    /// What has to be among the keys of a paper.
    private indirect enum Need: Sendable {
        /// The bits of one key.
        case bits([Int])
        case all([Need])
        case any([Need])
        /// What a Bloom filter does not tell.
        case unknown
    }

    private let need: Need

    public init(_ filter: Filter) { need = Self.need(filter.expression) }

    /// Whether the paper may match.
    ///
    /// - Parameter bits: ``PaperBloomFilter/bits`` of one paper, or of many papers with this one's beginning at `start`.
    public func mayMatch(_ bits: [UInt64], at start: Int = 0) -> Bool { Self.holds(need, bits, start) }

    private static func holds(_ need: Need, _ bits: [UInt64], _ start: Int) -> Bool {
        switch need {
        case .bits(let places): places.allSatisfy { bits[start + $0 >> 6] >> UInt64($0 & 63) & 1 == 1 }
        case .all(let needs): needs.allSatisfy { holds($0, bits, start) }
        case .any(let needs): needs.contains { holds($0, bits, start) }
        case .unknown: true
        }
    }

    private static func key(_ key: UInt64) -> Need { .bits(PaperBloomFilter.places(of: key)) }

    private static func need(_ expression: Expression) -> Need {
        switch expression {
        case .test(let test): need(test.condition)
        case .not: .unknown
        case .or(let members): .any(members.map(need))
        case .and(let members): .all(members.indices.map { need(members, at: $0) })
        }
    }

    /// A member of an AND: a word also matches where it is fused with the word beside it.
    private static func need(_ members: [Expression], at index: Int) -> Need {
        let fused = [index - 1, index].compactMap { first -> Need? in
            guard first >= 0, first + 1 < members.count, let word = members[first].text,
                let next = members[first + 1].text, word.mayFuse(with: next)
            else { return nil }
            var pair = word
            pair.words += " " + next.words
            return key(BloomKey.word(Phrase(pair).words.joined()))
        }
        return fused.isEmpty ? need(members[index]) : .any([need(members[index])] + fused)
    }

    private static func need(_ condition: Condition) -> Need {
        switch condition {
        case .text(let text): need(text)
        case .author(let pattern):
            pattern.isPrefix ? .unknown : .any(pattern.indexKeys.map { key(BloomKey.author($0)) })
        case .category(let pattern): key(BloomKey.category(pattern.value))
        case .fact: .unknown
        }
    }

    /// Every word of the phrase has to be met, alone or run together with its neighbour, see `Phrase`.
    private static func need(_ text: TextCondition) -> Need {
        let words = Phrase(text).words
        guard text.style != .prefix else { return words.first.flatMap(BloomKey.beginning).map(key) ?? .unknown }
        return .all(
            words.indices.map { index in
                var ways = [words[index]]
                if index > 0 { ways.append(words[index - 1] + words[index]) }
                if index + 1 < words.count { ways.append(words[index] + words[index + 1]) }
                return .any(ways.map { key(BloomKey.word($0)) })
            })
    }
}
