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
