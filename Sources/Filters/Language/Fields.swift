/// The names that may stand before a colon.
enum Field: String, CaseIterable, Sendable {
    case title, abstract, keyword, org, author, cat, has, `is`, since, id, feed

    /// The field somebody typed, by its name or a common other name for it.
    init?(typed: String) {
        let name = typed.lowercased()
        guard let field = Field(rawValue: name) ?? Self.otherNames[name] else { return nil }
        self = field
    }

    private static let otherNames: [String: Field] = [
        "ti": .title, "abs": .abstract, "abstr": .abstract, "summary": .abstract, "keywords": .keyword, "kw": .keyword,
        "au": .author, "authors": .author, "by": .author, "category": .cat, "categories": .cat, "subject": .cat,
        "organization": .org, "organisation": .org, "affiliation": .org, "arxiv": .id, "after": .since, "source": .feed,
    ]

    /// Where this field looks for text, if it holds text.
    var textScope: TextScope? {
        switch self {
        case .title: .title
        case .abstract: .abstract
        case .keyword: .keyword
        case .org: .organization
        default: nil
        }
    }

    static let list = allCases.map { "\($0.rawValue):" }.joined(separator: " ")
}
