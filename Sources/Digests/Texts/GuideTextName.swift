/// A part of the guide to filters; a text's key has `guide-` before it.
public enum GuideTextName: String, CaseIterable, Sendable {
    case introduction

    case wordsHeading = "words-heading"
    case words
    case wordsBoth = "words-both"
    case wordsPhrase = "words-phrase"

    case alternativesHeading = "alternatives-heading"
    case alternatives
    case alternativesEither = "alternatives-either"
    case alternativesGroup = "alternatives-group"
    case alternativesWithout = "alternatives-without"
    case alternativesNeither = "alternatives-neither"

    case placesHeading = "places-heading"
    case places
    case placesTitle = "places-title"
    case placesEither = "places-either"
    case placesAbstract = "places-abstract"
    case placesKeyword = "places-keyword"
    case placesOrganization = "places-organization"
    case placesCategory = "places-category"
    case placesArchive = "places-archive"
    case placesFeed = "places-feed"
    case placesPaper = "places-paper"

    case peopleHeading = "people-heading"
    case people
    case peopleFamily = "people-family"

    case factsHeading = "facts-heading"
    case facts
    case factsUpvotes = "facts-upvotes"
    case factsHas = "facts-has"
    case factsNew = "facts-new"
    case factsPinned = "facts-pinned"
    case factsSince = "facts-since"

    case spellingHeading = "spelling-heading"
    case spelling
    case spellingExact = "spelling-exact"
    case spellingOnly = "spelling-only"

    case limitsHeading = "limits-heading"
    case limits

    var key: String { "guide-\(rawValue)" }

    /// The names of the values it may hold.
    var values: Set<String> { self == .limits ? ["characters", "terms", "depth"] : [] }
}
