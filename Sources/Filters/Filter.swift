import Papers

/// A reader's filter: which papers they want, in the filter language.
///
/// Two filters are equal if they ask the same, however they were typed; ``description`` is the canonical text, and
/// parsing it gives an equal filter.
public struct Filter: Hashable, Sendable, CustomStringConvertible {
    /// The filter as it was typed.
    public let source: String
    let expression: Expression

    /// Most characters a filter may have.
    public static let maximumLength = 4_000
    /// Most words, phrases and other tests a filter may have.
    public static let maximumTerms = 200
    /// Most words, or signs of scripts without blanks, that one phrase may have.
    public static let maximumPhrase = 60
    /// Most bytes of UTF-8 a filter may have: enough for every script, but not for letters under heaps of marks.
    static let maximumBytes = 16 << 10
    /// How deep parentheses and negations may be nested.
    public static let maximumDepth = 32

    /// Parses a filter, in time linear in its length.
    ///
    /// - Throws: ``FilterError`` with the place and the mend.
    public init(_ text: String) throws(FilterError) {
        var parser = try Parser(text)
        expression = try parser.parse()
        source = text
    }

    public var description: String { CanonicalPrinter.text(of: expression) }

    public static func == (left: Filter, right: Filter) -> Bool { left.expression == right.expression }
    public func hash(into hasher: inout Hasher) { hasher.combine(expression) }
}

extension Filter {
    /// Whether the filter asks for this paper: the plain reading of the language, one filter and one paper.
    ///
    /// For many filters or papers use ``FilterSet``, which gives the same answers.
    public func matches(_ paper: Paper, standing: PaperStanding = PaperStanding()) -> Bool {
        Evaluator(paper: PaperText(paper, standing)).matches(expression)
    }

    /// Whether the filter asks for a paper that was cut into words before.
    public func matches(_ paper: PaperText) -> Bool { Evaluator(paper: paper).matches(expression) }

    /// Whether the filter may ask for this paper, going by its counts, links and dates alone, which cost nothing to look at.
    public func mayMatch(factsOf paper: Paper, standing: PaperStanding = PaperStanding()) -> Bool {
        expression.verdict(of: paper, standing) ?? true
    }

    /// The terms that hit, as written, in the order of the filter; those under a negation are left out.
    ///
    /// Says which terms are found, whether or not the whole filter matches.
    public func hits(in paper: Paper, standing: PaperStanding = PaperStanding()) -> [String] {
        hits(in: PaperText(paper, standing))
    }

    /// The terms that hit in a paper that was cut into words before.
    public func hits(in paper: PaperText) -> [String] {
        var seen: Set<String> = []
        return Evaluator(paper: paper).hits(expression)
            .map { String(decoding: source.utf8.dropFirst($0.lowerBound).prefix($0.count), as: UTF8.self) }
            .filter { seen.insert($0).inserted }
    }
}

extension Expression {
    /// What the facts alone say; nil where it hangs on words, names or categories.
    fileprivate func verdict(of paper: Paper, _ standing: PaperStanding) -> Bool? {
        switch self {
        case .test(let test):
            guard case .fact(let fact) = test.condition else { return nil }
            return fact.matches(paper, standing)
        case .not(let inner): return inner.verdict(of: paper, standing).map { !$0 }
        case .and(let members): return Self.joined(members, whatDecides: false, paper, standing)
        case .or(let members): return Self.joined(members, whatDecides: true, paper, standing)
        }
    }

    private static func joined(
        _ members: [Expression], whatDecides decisive: Bool, _ paper: Paper, _ standing: PaperStanding
    ) -> Bool? {
        var isOpen = false
        for member in members {
            let verdict = member.verdict(of: paper, standing)
            if verdict == decisive { return decisive }
            if verdict == nil { isOpen = true }
        }
        return isOpen ? nil : !decisive
    }
}
