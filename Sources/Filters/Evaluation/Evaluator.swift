/// Reads an expression against one paper, the plain way: what ``FilterSet`` must agree with.
struct Evaluator {
    let paper: PaperText

    func matches(_ expression: Expression) -> Bool {
        switch expression {
        case .test(let test): matches(test.condition)
        case .not(let inner): !matches(inner)
        case .or(let members): members.contains(where: matches)
        case .and(let members): members.indices.allSatisfy { matches(members, at: $0) }
        }
    }

    /// Where the terms that are found were written, in order; nothing from under a negation.
    func hits(_ expression: Expression) -> [Range<Int>] {
        switch expression {
        case .test(let test): matches(test.condition) ? [test.written] : []
        case .not: []
        case .or(let members): members.flatMap(hits)
        case .and(let members):
            members.indices.flatMap { index in
                guard case .test(let test) = members[index] else { return hits(members[index]) }
                return matches(members, at: index) ? [test.written] : []
            }
        }
    }

    /// A member of an AND: a word also matches where it is fused with the word beside it.
    private func matches(_ members: [Expression], at index: Int) -> Bool {
        matches(members[index]) || isFused(members, index - 1) || isFused(members, index)
    }

    private func isFused(_ members: [Expression], _ index: Int) -> Bool {
        guard index >= 0, index + 1 < members.count, let word = members[index].text, let next = members[index + 1].text,
            word.mayFuse(with: next)
        else { return false }
        var pair = word
        pair.words += " " + next.words
        let phrase = Phrase(pair)
        return paper.segments(of: word.scope).contains(where: phrase.isFused)
    }

    private func matches(_ condition: Condition) -> Bool {
        switch condition {
        case .text(let text):
            let phrase = Phrase(text)
            return paper.segments(of: text.scope).contains(where: phrase.isFound)
        case .author(let pattern): return paper.authors.contains(where: pattern.matches)
        case .category(let pattern): return paper.paper.categories.contains(where: pattern.matches)
        case .fact(let fact): return fact.matches(paper.paper, paper.standing)
        }
    }
}
