/// A text that the program itself puts into mails and pages, by its key; those that templates name need no line here.
public enum TextName: String, CaseIterable, Sendable {
    /// `Tuesday, 24 November 2026, 07:00 (Europe/Berlin)`
    case moment
    /// Between the parts of a list.
    case listSeparator = "list-separator"
    /// How long a link to confirm works.
    case confirmLifetime = "confirm-lifetime"

    case linkPDF = "link-pdf"
    case linkCode = "link-code"
    case linkProject = "link-project"
    case linkDiscussion = "link-discussion"

    case reasonFilter = "reason-filter"
    case reasonLiked = "reason-liked"
    case groupOwnFilters = "group-own-filters"
    case groupBeyond = "group-beyond"

    /// The names of the values it may hold.
    var values: Set<String> {
        switch self {
        case .moment: ["day", "time", "zone"]
        case .reasonFilter: ["filter"]
        case .reasonLiked: ["title"]
        default: []
        }
    }
}

/// A number with its noun. Its texts have a form a key: `papers.one`, and `papers.other` with the number as `{{count}}`.
public enum CountedName: String, CaseIterable, Sendable {
    case papers
    case morePapers = "more-papers"
    /// Authors that are not named.
    case moreAuthors = "more-authors"
    case upvotes
    case comments
}
