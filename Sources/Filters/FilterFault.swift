/// Everything that can be wrong with a filter. A raw value is the key of its text in other languages.
public enum FilterFault: String, CaseIterable, Sendable {
    // Of the whole.
    case tooLong = "too-long"
    case writtenOutTooLong = "written-out-too-long"
    case tooManyTerms = "too-many-terms"
    case tooDeep = "too-deep"
    case empty

    // Of how it is put together.
    case strayParenthesis = "stray-parenthesis"
    case openParenthesis = "open-parenthesis"
    case openQuote = "open-quote"
    case loneMinus = "lone-minus"
    case minusAfterField = "minus-after-field"
    case missingWordBefore = "missing-word-before"
    case missingWord = "missing-word"
    case nothingAfter = "nothing-after"

    // Of fields and comparisons.
    case noField = "no-field"
    case noFieldMeant = "no-field-meant"
    case isCount = "is-count"
    case notCompared = "not-compared"
    case notComparedMeant = "not-compared-meant"
    case noComparison = "no-comparison"
    case noNumber = "no-number"
    case equalsWithField = "equals-with-field"

    // Of values.
    case noWord = "no-word"
    case phraseTooLong = "phrase-too-long"
    case starManyWords = "star-many-words"
    case starTooShort = "star-too-short"
    case starInside = "star-inside"
    case noName = "no-name"
    case starName = "star-name"
    case noCategory = "no-category"
    case unknownCategory = "unknown-category"
    case unknownCategoryMeant = "unknown-category-meant"
    case unknownArchive = "unknown-archive"
    case saysNothing = "says-nothing"
    case saysNothingMeant = "says-nothing-meant"
    case noDate = "no-date"
    case noPaper = "no-paper"
    case noFeed = "no-feed"
}

/// What is probably not meant in a filter that is correct.
public enum FilterCaution: Hashable, Sendable {
    /// It asks for a thing and its opposite.
    case never
    /// It asks for nothing that any paper lacks.
    case always
    /// A word that is an operator in capitals.
    case word(String, sign: String)

    /// Which of them it is. A raw value is the key of its text in other languages.
    public enum Kind: String, CaseIterable, Sendable { case never, always, word }

    public var kind: Kind {
        switch self {
        case .never: .never
        case .always: .always
        case .word: .word
        }
    }

    /// What its text names, in order.
    public var values: [String] {
        if case .word(let word, let sign) = self { [word, sign] } else { [] }
    }
}
