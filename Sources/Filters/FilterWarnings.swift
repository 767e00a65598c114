extension Filter {
    /// What is probably not meant in a filter that is correct.
    public var cautions: [FilterCaution] {
        var cautions: [FilterCaution] = []
        switch Constancy(expression) {
        case .never: cautions.append(.never)
        case .always: cautions.append(.always)
        case .varies: break
        }
        for (word, sign) in [("or", "OR"), ("and", "AND"), ("not", "NOT")] where mentions(word) {
            cautions.append(.word(word, sign: sign))
        }
        return cautions
    }

    /// The same in words, a sentence each.
    public var warnings: [String] { cautions.map(\.description) }

    /// Whether a bare lower-case word stands in the source; in quotes it is meant as a word.
    private func mentions(_ word: String) -> Bool {
        expression.tests.contains { test in
            guard case .text(let text) = test.condition, text.words == word, text.style == .inflected else {
                return false
            }
            return source.utf8.dropFirst(test.written.lowerBound).prefix(test.written.count).elementsEqual(word.utf8)
        }
    }
}

extension Filter {
    /// Whether the answer depends on which feeds listed a paper and how, see ``PaperStanding``.
    public var asksForSightings: Bool {
        expression.tests.contains { test in
            switch test.condition {
            case .fact(.feed): true
            case .fact(.is(let state)): state != .pinned
            default: false
            }
        }
    }
}

extension Expression {
    /// Every test of the expression, in order.
    var tests: [Test] {
        switch self {
        case .test(let test): [test]
        case .not(let inner): inner.tests
        case .and(let members), .or(let members): members.flatMap(\.tests)
        }
    }
}

extension FilterCaution: CustomStringConvertible {
    public var description: String {
        switch self {
        case .never: "this filter can never match a paper: it asks for a thing and its opposite"
        case .always: "this filter matches every paper: it excludes nothing"
        case .word(let word, let sign):
            "here, “\(word)” is an ordinary word: write \(sign) in capitals if you mean the operator"
        }
    }
}
