/// A parsed filter.
///
/// A value built through ``all(_:)``, ``any(_:)`` and ``negated`` is canonical: no group holds a group of its own kind,
/// none has fewer than two members, and nothing is negated twice.
indirect enum Expression: Hashable, Sendable {
    case test(Test)
    case not(Expression)
    case and([Expression])
    case or([Expression])

    static func all(_ members: [Expression]) -> Expression {
        joined(members, { if case .and(let inner) = $0 { inner } else { nil } }, Expression.and)
    }

    static func any(_ members: [Expression]) -> Expression {
        joined(members, { if case .or(let inner) = $0 { inner } else { nil } }, Expression.or)
    }

    var negated: Expression {
        if case .not(let inner) = self { inner } else { .not(self) }
    }

    private static func joined(
        _ members: [Expression], _ inner: (Expression) -> [Expression]?, _ group: ([Expression]) -> Expression
    ) -> Expression {
        if members.count == 1, let only = members.first { return only }
        return group(members.flatMap { inner($0) ?? [$0] })
    }
}

/// One test of a filter and the place where it was written.
struct Test: Hashable, Sendable {
    var condition: Condition
    /// UTF-8 offsets in the filter's source; says nothing about what the test means.
    var written: Range<Int>

    static func == (left: Test, right: Test) -> Bool { left.condition == right.condition }
    func hash(into hasher: inout Hasher) { hasher.combine(condition) }
}

/// What a test asks of a paper.
enum Condition: Hashable, Sendable {
    case text(TextCondition)
    case author(NamePattern)
    case category(CategoryPattern)
    case fact(FactCondition)
}

/// Where a text condition looks.
enum TextScope: UInt8, Hashable, Sendable, CaseIterable {
    /// Title, abstract and keywords.
    case anywhere
    case title, abstract, keyword
    case organization

    /// The scopes whose texts this one holds.
    var parts: [TextScope] { self == .anywhere ? [.title, .abstract, .keyword] : [self] }
}

/// Words that follow one another, or the beginning of one word.
struct TextCondition: Hashable, Sendable {
    enum Style: UInt8, Hashable, Sendable {
        /// Simple English inflections are folded.
        case inflected
        /// `=`: as spelt, but for case, accents and hyphens.
        case exact
        /// `quantiz*`
        case prefix
    }

    var scope: TextScope
    var style: Style
    /// Folded words, one blank between two.
    var words: String

    var isSingleWord: Bool { !words.utf8.contains(UInt8(ascii: " ")) }

    /// Whether this word and a neighbour may be met as one: `self supervised` finds "selfsupervised".
    func mayFuse(with next: TextCondition) -> Bool {
        style == .inflected && next.style == .inflected && scope == next.scope && isSingleWord && next.isSingleWord
    }
}

extension Expression {
    /// The words of this member of an AND, if it is a text test.
    var text: TextCondition? {
        if case .test(let test) = self, case .text(let text) = test.condition { text } else { nil }
    }
}
