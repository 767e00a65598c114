/// Whether an expression can match only nothing, or everything.
///
/// It sees a test beside its own negation, counts that exclude one another or nothing, and what follows from these for
/// the groups around them. It may miss a contradiction that takes more thought, and never reports one that is none.
enum Constancy {
    case never, always, varies

    init(_ expression: Expression) {
        switch expression {
        case .test(let test): self = Self.of(test.condition)
        case .not(let inner): self = Constancy(inner).opposite
        case .and(let members): self = Self.all(members)
        // De Morgan: an OR always holds where the AND of its negated members never does.
        case .or(let members): self = Self.all(members.map(\.negated)).opposite
        }
    }

    private var opposite: Constancy {
        switch self {
        case .never: .always
        case .always: .never
        case .varies: .varies
        }
    }

    private static func all(_ members: [Expression]) -> Constancy {
        let parts = members.map { Constancy($0) }
        if parts.contains(.never) || contradict(members) || excludeAllCounts(members) { return .never }
        return parts.allSatisfy { $0 == .always } ? .always : .varies
    }

    /// A member and its negation. Not among neighbouring words: `self -self supervised` finds "selfsupervised".
    private static func contradict(_ members: [Expression]) -> Bool {
        let wanted = Set(members)
        return members.indices.contains { index in
            if case .not = members[index] { return false }
            guard wanted.contains(members[index].negated) else { return false }
            return ![index - 1, index + 1].contains { members.indices.contains($0) && fuse(members, index, $0) }
        }
    }

    private static func fuse(_ members: [Expression], _ index: Int, _ beside: Int) -> Bool {
        guard let word = members[index].text, let other = members[beside].text else { return false }
        return word.mayFuse(with: other)
    }

    private static func excludeAllCounts(_ members: [Expression]) -> Bool {
        FactCondition.CountField.allCases.contains { field in
            var (least, most) = (0, Int.max)
            for case .test(let test) in members {
                guard case .fact(.count(field, let comparison, let number)) = test.condition else { continue }
                let bounds = comparison.bounds(number)
                (least, most) = (max(least, bounds.least), min(most, bounds.most))
            }
            return least > most
        }
    }

    private static func of(_ condition: Condition) -> Constancy {
        guard case .fact(.count(_, let comparison, let number)) = condition else { return .varies }
        let (least, most) = comparison.bounds(number)
        if most < 0 { return .never }
        return least <= 0 && most == Int.max ? .always : .varies
    }
}

extension FactCondition.Comparison {
    /// The counts for which the comparison with `number` holds.
    fileprivate func bounds(_ number: Int) -> (least: Int, most: Int) {
        switch self {
        case .atLeast: (number, Int.max)
        case .more: (number + 1, Int.max)
        case .atMost: (0, number)
        case .less: (0, number - 1)
        case .equal: (number, number)
        }
    }
}
