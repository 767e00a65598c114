/// Every template there is, by its file name in `Templates/`.
public enum TemplateName: String, CaseIterable, Sendable {
    // What the others are built from.
    case mailLayoutHTML = "mail-layout.html"
    case mailFooterHTML = "mail-footer.html"
    case mailFooterText = "mail-footer.txt"
    case pageLayout = "page-layout.html"
    case style = "style.css"

    case digestSubject = "mail-digest-subject.txt"
    case digestHTML = "mail-digest.html"
    case digestText = "mail-digest.txt"
    case groupHTML = "mail-group.html"
    case groupText = "mail-group.txt"
    case paperHTML = "mail-paper.html"
    case paperText = "mail-paper.txt"

    case confirmSubject = "mail-confirm-subject.txt"
    case confirmHTML = "mail-confirm.html"
    case confirmText = "mail-confirm.txt"
    case welcomeSubject = "mail-welcome-subject.txt"
    case welcomeHTML = "mail-welcome.html"
    case welcomeText = "mail-welcome.txt"
    case noteSubject = "mail-note-subject.txt"
    case noteHTML = "mail-note.html"
    case noteText = "mail-note.txt"
    case reminderSubject = "mail-reminder-subject.txt"
    case reminderHTML = "mail-reminder.html"
    case reminderText = "mail-reminder.txt"
    case goodbyeSubject = "mail-goodbye-subject.txt"
    case goodbyeHTML = "mail-goodbye.html"
    case goodbyeText = "mail-goodbye.txt"
    case newAddressSubject = "mail-new-address-subject.txt"
    case newAddressHTML = "mail-new-address.html"
    case newAddressText = "mail-new-address.txt"
    case addressChangedSubject = "mail-address-changed-subject.txt"
    case addressChangedHTML = "mail-address-changed.html"
    case addressChangedText = "mail-address-changed.txt"

    case pagePapers = "page-papers.html"
    case pageHome = "page-home.html"
    case pagePaper = "page-paper.html"
    case pageSearch = "page-search.html"
    case pageTopics = "page-topics.html"
    case pageTopic = "page-topic.html"
    case pageAbout = "page-about.html"
    case pagePrivacy = "page-privacy.html"
    case pageImprint = "page-imprint.html"
    case pageCheckInbox = "page-check-inbox.html"
    case pageConfirm = "page-confirm.html"
    case pageConfirmed = "page-confirmed.html"
    case pageUnsubscribe = "page-unsubscribe.html"
    case pageUnsubscribed = "page-unsubscribed.html"
    case pageUndo = "page-undo.html"
    case pageAddress = "page-address.html"
    case pageDelete = "page-delete.html"
    case pagePreferences = "page-preferences.html"
    case pageFilterHelp = "page-filter-help.html"
    case pageFilterTrial = "page-filter-try.html"
    case pageMark = "page-mark.html"
    case pageNotice = "page-notice.html"
    case pageError = "page-error.html"

    /// Whether values are escaped as HTML; in text and style sheets they stand as they are.
    var isHTML: Bool { rawValue.hasSuffix(".html") }

    /// The endings of files that are templates; others in a folder are passed over.
    static let endings = [".html", ".txt", ".css"]
}
