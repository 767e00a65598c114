/// What is said of a filter, by what `Filters` calls its faults and cautions; a text's key has `filter-says-` before it.
public enum FilterTextName: String, CaseIterable, Sendable {
    case place
    case tooLong = "too-long"
    case writtenOutTooLong = "written-out-too-long"
    case tooManyTerms = "too-many-terms"
    case tooDeep = "too-deep"
    case empty
    case strayParenthesis = "stray-parenthesis"
    case openParenthesis = "open-parenthesis"
    case openQuote = "open-quote"
    case loneMinus = "lone-minus"
    case minusAfterField = "minus-after-field"
    case missingWordBefore = "missing-word-before"
    case missingWord = "missing-word"
    case nothingAfter = "nothing-after"
    case noField = "no-field"
    case noFieldMeant = "no-field-meant"
    case isCount = "is-count"
    case notCompared = "not-compared"
    case notComparedMeant = "not-compared-meant"
    case noComparison = "no-comparison"
    case noNumber = "no-number"
    case equalsWithField = "equals-with-field"
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
    case never
    case always
    case word

    var key: String { "filter-says-\(rawValue)" }

    /// The names of the values it may hold.
    var values: Set<String> { self == .place ? ["what", "place"] : ["first", "second"] }
}
