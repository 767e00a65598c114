import Core

/// Reads the filter language by recursive descent.
///
///     filter  = and *("OR" and)
///     and     = unary *(["AND"] unary)
///     unary   = ("NOT" / "-") unary / primary
///     primary = "(" filter ")" / [field ":"] value / field ":" "(" filter ")" / count comparison number
///     value   = ["="] (word / phrase) / word "*"
struct Parser {
    var scanner: Scanner
    private var depth = 0
    private var terms = 0

    init(_ text: String) throws(FilterError) {
        // The cheap count first: an absurdly long text is never walked by character.
        let bytes = text.utf8.count
        if bytes > Filter.maximumBytes || bytes > Filter.maximumLength && text.count > Filter.maximumLength {
            let kept = bytes > Filter.maximumBytes ? String(text.unicodeScalars.prefix(Filter.maximumLength)) : text
            throw FilterError(
                text: kept, offset: min(Filter.maximumLength, kept.count), fault: .tooLong,
                values: [String(Filter.maximumLength)],
                problem: "a filter has at most \(Filter.maximumLength) characters",
                mend: "split it into several filters")
        }
        scanner = Scanner(text)
    }

    mutating func parse() throws(FilterError) -> Expression {
        scanner.skipBlanks()
        guard scanner.byte != nil else {
            throw scanner.error(0..<0, .empty, "the filter is empty", mend: "write a word, such as diffusion")
        }
        let expression = try parseOr(in: nil)
        scanner.skipBlanks()
        guard scanner.byte == nil else {
            throw scanner.error(
                scanner.at..<(scanner.at + 1), .strayParenthesis, "this parenthesis closes nothing",
                mend: "remove it, or write “(” before it")
        }
        try refuseLongCanonicalText(of: expression)
        return expression
    }

    /// The canonical text has to be a filter too, and may be the longer one: `title:(a b)` is `title:a title:b`.
    private func refuseLongCanonicalText(of expression: Expression) throws(FilterError) {
        let length = scanner.bytes.count
        // A term grows by a field's name and quotes, and only letters beyond ASCII can unfold into several.
        let isASCII = scanner.bytes.allSatisfy { $0 < 0x80 }
        let bound = (isASCII ? length : length * 18) + terms * 14
        guard bound > Filter.maximumLength else { return }
        let text = CanonicalPrinter.text(of: expression)
        guard text.utf8.count > Filter.maximumBytes || text.count > Filter.maximumLength else { return }
        throw scanner.error(
            0..<1, .writtenOutTooLong, [String(Filter.maximumLength)],
            "written out, this filter has more than \(Filter.maximumLength) characters",
            mend: "split it into several filters")
    }

    // MARK: - Operators

    private mutating func parseOr(in field: Field?) throws(FilterError) -> Expression {
        var members = [try parseAnd(in: field)]
        while scanner.takeOperator("OR", "|", "||") { members.append(try parseAnd(in: field)) }
        return .any(members)
    }

    private mutating func parseAnd(in field: Field?) throws(FilterError) -> Expression {
        var members = [try parseUnary(in: field)]
        while true {
            let saysAnd = scanner.takeOperator("AND", "&", "&&")
            let isOver = scanner.byte == nil || scanner.byte == UInt8(ascii: ")") || isAtOr
            if isOver && !saysAnd { return .all(members) }
            members.append(try parseUnary(in: field))
        }
    }

    private var isAtOr: Bool { scanner.stands("OR") || scanner.stands("|") || scanner.stands("||") }

    private mutating func parseUnary(in field: Field?) throws(FilterError) -> Expression {
        scanner.skipBlanks()
        let start = scanner.at
        if scanner.takeOperator("NOT") {
            return try nested(from: start) { (parser) throws(FilterError) in try parser.parseUnary(in: field).negated }
        }
        if let width = scanner.minusWidth(at: start) {
            let isAlone = scanner.isDelimiter(at: start + width) && scanner.quoteWidth(at: start + width) == nil
            scanner.at += width
            if isAlone, scanner.byte != UInt8(ascii: "(") {
                throw scanner.error(
                    start..<scanner.at, .loneMinus, "this minus sign has no word",
                    mend: "put it directly before the word to exclude, as in -survey")
            }
            return try nested(from: start) { (parser) throws(FilterError) in try parser.parseUnary(in: field).negated }
        }
        return try parsePrimary(in: field)
    }

    private mutating func parsePrimary(in field: Field?) throws(FilterError) -> Expression {
        let start = scanner.at
        if scanner.byte == UInt8(ascii: "(") { return try parseGroup(in: field) }
        for name: StaticString in ["OR", "AND", "|", "||", "&", "&&"] where scanner.stands(name) {
            throw scanner.error(
                start..<(start + name.utf8CodeUnitCount), .missingWordBefore, ["\(name)"],
                "a word is missing before “\(name)”",
                mend: "write one, or put “\(name)” in quotes to look for it")
        }
        guard scanner.byte != nil, scanner.byte != UInt8(ascii: ")") else {
            throw scanner.error(
                start..<min(start + 1, scanner.bytes.count), .missingWord, "a word is missing here",
                mend: "write a word, a \"phrase\" or a field such as title:diffusion")
        }
        if field == nil, let expression = try parseNamed() { return expression }
        return .test(try parseValue(of: field, from: start))
    }

    private mutating func parseGroup(in field: Field?) throws(FilterError) -> Expression {
        let start = scanner.at
        scanner.at += 1
        let inner = try nested(from: start) { (parser) throws(FilterError) in try parser.parseOr(in: field) }
        scanner.skipBlanks()
        guard scanner.byte == UInt8(ascii: ")") else {
            throw scanner.error(
                start..<(start + 1), .openParenthesis, "this parenthesis is never closed",
                mend: "write “)” where it ends")
        }
        scanner.at += 1
        return inner
    }

    private mutating func nested(
        from start: Int, _ parse: (inout Parser) throws(FilterError) -> Expression
    ) throws(FilterError) -> Expression {
        guard depth < Filter.maximumDepth else {
            throw scanner.error(
                start..<(start + 1), .tooDeep, [String(Filter.maximumDepth)],
                "a filter can be nested at most \(Filter.maximumDepth) levels deep",
                mend: "remove some parentheses or negations")
        }
        depth += 1
        defer { depth -= 1 }
        return try parse(&self)
    }

    // MARK: - Fields

    /// A field with its value, or a comparison; nil, and nothing read, if neither stands here.
    private mutating func parseNamed() throws(FilterError) -> Expression? {
        let start = scanner.at
        scanner.skipName()
        let name = start..<scanner.at
        if !name.isEmpty {
            if scanner.byte == UInt8(ascii: ":"), let field = try knownField(name) {
                scanner.at += 1
                return try parseValueOrGroup(of: field, from: start)
            }
            if let test = try parseComparison(name) { return .test(try counted(test)) }
        }
        scanner.at = start
        return nil
    }

    private mutating func parseValueOrGroup(of field: Field, from start: Int) throws(FilterError) -> Expression {
        scanner.skipBlanks()
        if scanner.byte == UInt8(ascii: "(") { return try parseGroup(in: field) }
        if scanner.minusWidth(at: scanner.at) != nil {
            throw scanner.error(
                scanner.at..<(scanner.at + 1), .minusAfterField, [field.rawValue],
                "the minus sign goes before the field",
                mend: "write -\(field.rawValue):…")
        }
        return .test(try parseValue(of: field, from: start))
    }

    /// The field of this name; nil if the colon is mere punctuation (`Attention: all you need`).
    private func knownField(_ name: Range<Int>) throws(FilterError) -> Field? {
        let typed = scanner.string(name)
        if let field = Field(typed: typed) { return field }
        if let count = FactCondition.CountField(rawValue: typed.lowercased()) {
            throw scanner.error(
                name, .isCount, [typed, count.rawValue], "“\(typed)” is compared with a number",
                mend: "write \(count.rawValue)>=20")
        }
        if let meant = Suggestion.closest(to: typed, in: Field.allCases.map(\.rawValue)) {
            throw scanner.error(
                name, .noFieldMeant, [typed, meant], "“\(typed)” is not a field", mend: "did you mean “\(meant):”?")
        }
        if scanner.isDelimiter(at: name.upperBound + 1) { return nil }
        throw scanner.error(
            name, .noField, [typed, Field.list], "“\(typed)” is not a field",
            mend: "the fields are \(Field.list); to look for the text itself, put it in quotes")
    }

    private mutating func parseComparison(_ name: Range<Int>) throws(FilterError) -> Test? {
        let typed = scanner.string(name)
        let field = FactCondition.CountField(rawValue: typed.lowercased())
        if field != nil { scanner.skipBlanks() }
        let signs = scanner.at
        scanner.skipComparisonSigns()
        guard signs < scanner.at else { return nil }
        guard let field else {
            // `x=3` is text; `likes>3` can only be meant as a comparison.
            guard scanner.bytes[signs] != UInt8(ascii: "=") else { return nil }
            let meant = Suggestion.closest(to: typed, in: FactCondition.CountField.allCases.map(\.rawValue))
            throw scanner.error(
                name, meant == nil ? .notCompared : .notComparedMeant, [typed] + (meant.map { [$0] } ?? []),
                "“\(typed)” cannot be compared",
                mend: meant.map { "did you mean “\($0)”?" } ?? "upvotes, comments and stars can")
        }
        let sign = scanner.string(signs..<scanner.at)
        let written = ["≥": ">=", "≤": "<=", "=>": ">=", "=<": "<=", "==": "="][sign] ?? sign
        guard let comparison = FactCondition.Comparison(rawValue: written) else {
            throw scanner.error(
                signs..<scanner.at, .noComparison, [sign], "“\(sign)” is not a comparison",
                mend: "use >=, <=, >, < or =")
        }
        scanner.skipBlanks()
        let digits = scanner.at
        scanner.skipWord()
        guard let number = Int(scanner.string(digits..<scanner.at)), (0...1_000_000_000).contains(number) else {
            throw scanner.error(
                digits..<scanner.at, .noNumber, [sign, typed], "a whole number is missing after “\(sign)”",
                mend: "write one, as in \(typed)>=20")
        }
        return Test(condition: .fact(.count(field, comparison, number)), written: name.lowerBound..<scanner.at)
    }

    // MARK: - Values

    private mutating func parseValue(of field: Field?, from start: Int) throws(FilterError) -> Test {
        let isExact = scanner.byte == UInt8(ascii: "=")
        if isExact { scanner.at += 1 }
        let value = scanner.quoteWidth(at: scanner.at) != nil ? try quoted() : word(of: field)
        let written = WrittenValue(
            text: scanner.string(value.range), range: value.range, isQuoted: value.isQuoted, isExact: isExact)
        guard !written.text.isEmpty || isExact || value.isQuoted else {
            throw scanner.error(
                scanner.at..<scanner.at, .nothingAfter, [scanner.string(start..<scanner.at)],
                "nothing follows “\(scanner.string(start..<scanner.at))”",
                mend: "write what to look for")
        }
        let condition = try ConditionReader(scanner: scanner, written: written).condition(of: field)
        return try counted(Test(condition: condition, written: start..<scanner.at))
    }

    private mutating func quoted() throws(FilterError) -> (range: Range<Int>, isQuoted: Bool) {
        let open = scanner.at
        scanner.at += scanner.quoteWidth(at: open) ?? 1
        let start = scanner.at
        while scanner.at < scanner.bytes.count {
            if let width = scanner.quoteWidth(at: scanner.at) {
                defer { scanner.at += width }
                return (start..<scanner.at, true)
            }
            scanner.at += scanner.width(at: scanner.at)
        }
        throw scanner.error(
            open..<start, .openQuote, "this quotation mark is never closed", mend: "write “\"” where the phrase ends")
    }

    private mutating func word(of field: Field?) -> (range: Range<Int>, isQuoted: Bool) {
        let start = scanner.at
        scanner.skipWord()
        return (start..<scanner.at, false)
    }

    private mutating func counted(_ test: Test) throws(FilterError) -> Test {
        terms += 1
        guard terms <= Filter.maximumTerms else {
            throw scanner.error(
                test.written, .tooManyTerms, [String(Filter.maximumTerms)],
                "a filter has at most \(Filter.maximumTerms) terms", mend: "split it into several filters"
            )
        }
        return test
    }
}
