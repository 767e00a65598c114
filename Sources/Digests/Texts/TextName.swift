/// A text that the program itself puts into mails and pages, by its key; those that only templates name need no line here.
public enum TextName: String, CaseIterable, Sendable {
    // Small parts.
    case moment
    case listSeparator = "list-separator"
    case confirmLifetime = "confirm-lifetime"

    // A paper's summary where a machine wrote it, with the words that say so.
    case aiSummaryLine = "ai-summary-line"

    // Links of a paper.
    case linkPDF = "link-pdf"
    case linkCode = "link-code"
    case linkProject = "link-project"
    case linkDiscussion = "link-discussion"

    // What became of a paper.
    case statusRetracted = "status-retracted"
    case statusWithdrawn = "status-withdrawn"
    case statusConcern = "status-concern"

    // Why a paper is in a digest.
    case reasonFilter = "reason-filter"
    case reasonLiked = "reason-liked"
    case reasonLibrary = "reason-library"
    case reasonAuthor = "reason-author"
    case reasonFollowed = "reason-followed"
    case groupFollowed = "group-followed"
    case groupOwnFilters = "group-own-filters"
    case groupBeyond = "group-beyond"

    // Titles of pages.
    case checkInboxHeading = "check-inbox-heading"
    case confirmPageTitle = "confirm-page-title"
    case confirmedHeading = "confirmed-heading"
    case unsubscribe
    case goodbyeHeading = "goodbye-heading"
    case preferencesHeading = "preferences-heading"
    case filterHelpHeading = "filter-help-heading"
    case filterTryHeading = "filter-try-heading"
    case libraryHeading = "library-heading"
    case markTitle = "mark-title"
    case markNoted = "mark-noted"

    // What a reader says of a paper.
    case markThanks = "mark-thanks"
    case markMore = "mark-more"
    case markLess = "mark-less"
    case markForget = "mark-forget"
    case markMoreAsk = "mark-more-ask"
    case markLessAsk = "mark-less-ask"
    case markMoreSaved = "mark-more-saved"
    case markLessSaved = "mark-less-saved"
    case markForgotten = "mark-forgotten"
    case verdictMore = "verdict-more"
    case verdictLess = "verdict-less"

    // Preferences.
    case cadenceDaily = "cadence-daily"
    case cadenceWeekdays = "cadence-weekdays"
    case cadenceWeekly = "cadence-weekly"
    case problemTimeZone = "problem-time-zone"
    case problemHowMany = "problem-how-many"
    case problemManyFilters = "problem-many-filters"
    case problemFilter = "problem-filter"
    case problemManyAuthors = "problem-many-authors"
    case problemAuthor = "problem-author"

    // What is wrong with a sign-up.
    case problemAddress = "problem-address"
    case problemNoAddress = "problem-no-address"
    case problemDisposable = "problem-disposable"
    case problemRole = "problem-role"
    case problemBeyondASCII = "problem-beyond-ascii"
    case problemMixedScripts = "problem-mixed-scripts"
    case problemTooFast = "problem-too-fast"
    case problemTrap = "problem-trap"
    case problemTooOld = "problem-too-old"

    // Errors.
    case error403Title = "error-403-title"
    case error403Message = "error-403-message"
    case error403Mend = "error-403-mend"
    case error404Title = "error-404-title"
    case error404Message = "error-404-message"
    case error413Title = "error-413-title"
    case error413Message = "error-413-message"
    case error413Mend = "error-413-mend"
    case error429Title = "error-429-title"
    case error429Message = "error-429-message"
    case errorBusyTitle = "error-busy-title"
    case errorBusyMessage = "error-busy-message"
    case errorMinutes = "error-minutes"
    case error4xxTitle = "error-4xx-title"
    case error4xxMessage = "error-4xx-message"
    case errorBack = "error-back"
    case error5xxTitle = "error-5xx-title"
    case error5xxMessage = "error-5xx-message"

    // Notices.
    case expiredLinkTitle = "expired-link-title"
    case expiredLinkMessage = "expired-link-message"
    case brokenLinkTitle = "broken-link-title"
    case brokenLinkMessage = "broken-link-message"
    case gonePaperTitle = "gone-paper-title"
    case gonePaperMessage = "gone-paper-message"
    case subscribe
    case toFirstPage = "to-first-page"

    // Parts of the site.
    case tagline
    case navToday = "nav-today"
    case navWeek = "nav-week"
    case navMonth = "nav-month"
    case navTrending = "nav-trending"
    case topics
    case search
    case about
    case privacy
    case imprint

    // Lists of papers.
    case papersOfToday = "papers-of-today"
    case papersOfDay = "papers-of-day"
    case headingWeek = "heading-week"
    case headingMonth = "heading-month"
    case headingTrending = "heading-trending"
    case listWeek = "list-week"
    case searchTitle = "search-title"
    case paceNone = "pace-none"
    case paceWeek = "pace-week"
    case paceDay = "pace-day"
    case labelPublisher = "label-publisher"
    case labelSource = "label-source"

    // What pages say of themselves to those who link to them.
    case metaAbout = "meta-about"
    case metaPrivacy = "meta-privacy"
    case metaImprint = "meta-imprint"
    case metaSearch = "meta-search"
    case metaTopics = "meta-topics"
    case metaList = "meta-list"
    case expiredPreferencesMessage = "expired-preferences-message"
    case linkMailedTitle = "link-mailed-title"
    case linkMailedMessage = "link-mailed-message"
    case linksVoidedTitle = "links-voided-title"
    case linksVoidedMessage = "links-voided-message"
    case expiredAddressMessage = "expired-address-message"
    case uselessAddressTitle = "useless-address-title"
    case uselessAddressMessage = "useless-address-message"
    case undoLateTitle = "undo-late-title"
    case undoLateMessage = "undo-late-message"
    case returnedTitle = "returned-title"
    case returnedMessage = "returned-message"
    case newAddressSentTitle = "new-address-sent-title"
    case newAddressSentMessage = "new-address-sent-message"
    case addressMovedMessage = "address-moved-message"
    case deletedTitle = "deleted-title"
    case deletedMessage = "deleted-message"
    case deletedNeverMessage = "deleted-never-message"
    case yourPreferences = "your-preferences"
    case addressChangedHeading = "address-changed-heading"

    // Titles of the pages behind links.
    case addressPageHeading = "address-page-heading"
    case additionPageHeading = "addition-page-heading"
    case additionSavedTitle = "addition-saved-title"
    case additionSavedMessage = "addition-saved-message"
    case deleteHeading = "delete-heading"
    case undoHeading = "undo-heading"

    // Why people leave.
    case reasonTooMany = "reason-too-many"
    case reasonWrongPapers = "reason-wrong-papers"
    case reasonNoTime = "reason-no-time"
    case reasonElsewhere = "reason-elsewhere"
    case reasonNeverAsked = "reason-never-asked"
    case reasonOther = "reason-other"

    // A reader's library.
    case libraryUnnamed = "library-unnamed"
    case libraryBrokenEntry = "library-broken-entry"
    case libraryNoIdentifier = "library-no-identifier"
    case libraryEmpty = "library-empty"
    case libraryTooLarge = "library-too-large"
    case libraryUnknown = "library-unknown"
    case libraryBroken = "library-broken"

    // Preferences.
    case problemPause = "problem-pause"
    case problemBelow = "problem-below"
    case addressSame = "address-same"

    /// The names of the values it may hold.
    var values: Set<String> {
        switch self {
        case .moment: ["day", "time", "zone"]
        case .reasonFilter: ["filter"]
        case .reasonAuthor, .reasonFollowed: ["name"]
        case .reasonLiked, .reasonLibrary, .statusRetracted, .statusWithdrawn, .statusConcern: ["title"]
        case .problemTimeZone: ["typed", "proposals"]
        case .problemAddress: ["typed"]
        case .problemHowMany: ["most"]
        case .problemManyFilters, .problemManyAuthors: ["count", "most"]
        case .problemAuthor: ["line", "name"]
        case .problemFilter: ["filter", "line", "reason"]
        case .problemDisposable, .problemMixedScripts: ["domain"]
        case .problemRole: ["name"]
        case .problemBeyondASCII: ["letter"]
        case .expiredLinkMessage: ["lifetime"]
        case .papersOfDay: ["day"]
        case .listWeek: ["first", "last", "week"]
        case .searchTitle: ["query"]
        case .paceWeek, .paceDay: ["papers"]
        case .metaTopics: ["topics"]
        case .aiSummaryLine: ["text"]
        case .metaList: ["papers", "title"]
        case .expiredAddressMessage: ["lifetime"]
        case .returnedMessage, .addressMovedMessage, .linksVoidedMessage: ["address"]
        case .newAddressSentMessage: ["typed", "address", "lifetime"]
        case .problemPause: ["first", "last", "example"]
        case .libraryTooLarge: ["most"]
        case .libraryBroken: ["detail"]
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
    /// Of the repository.
    case stars
    case topics
    /// Of a reader's library.
    case entries
}
