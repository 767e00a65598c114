import Digests

/// A page with one thing to say, such as that a link has expired.
struct NoticePage: Page {
    static let template = TemplateName.pageNotice
    var title: TextName
    var message: TextName
    /// What the message names.
    var values: [String: String] = [:]
    /// Where to go from here.
    var link: (url: String, label: TextName)?
    /// Offers to mail the link to preferences.
    var offer: MailLinkOffer?

    /// A confirm link that is older than 48 hours.
    static let expiredLink = NoticePage(
        title: .expiredLinkTitle, message: .expiredLinkMessage, link: ("/", .subscribe))

    /// A link to preferences that nobody has used for a year.
    static func expiredPreferences(_ token: String) -> NoticePage {
        NoticePage(
            title: .expiredLinkTitle, message: .expiredPreferencesMessage,
            offer: MailLinkOffer(token: token, right: .preferences))
    }

    /// The link to a new address that is older than 48 hours.
    static let expiredAddressLink = NoticePage(
        title: .expiredLinkTitle, message: .expiredAddressMessage, link: ("/", .toFirstPage))

    /// An address that was free when the link was sent, and is not any more.
    static let uselessAddressLink = NoticePage(
        title: .uselessAddressTitle, message: .uselessAddressMessage, link: ("/", .toFirstPage))

    /// Who left more than a week ago, or whose address must not be mailed any more.
    static let undoTooLate = NoticePage(
        title: .undoLateTitle, message: .undoLateMessage, link: ("/", .subscribe))

    /// A link that was cut, changed or voided.
    static let brokenLink = NoticePage(
        title: .brokenLinkTitle, message: .brokenLinkMessage, link: ("/", .toFirstPage))

    func title(_ texts: Texts) -> String { texts[title] }

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("heading", texts[title])
        let values = values.merging(["lifetime": texts[.confirmLifetime]]) { own, _ in own }
        context.set("message", DisplayText.line(texts(message, values)))
        context.set("linkURL", link?.url)
        context.set("linkLabel", link.map { texts[$0.label] })
        offer?.fill(&context)
        return context
    }
}

/// The answer to a request that failed.
struct ErrorPage: Page {
    static let template = TemplateName.pageError
    /// HTTP's.
    var status: Int
    private var isBusy = false

    init(status: Int) { self.status = status }

    init(_ busy: Busy) {
        status = busy.status.code
        isBusy = true
    }

    func title(_ texts: Texts) -> String { texts[words.title] }

    /// What is said of the status, in words for readers, and what they can do.
    private var words: (title: TextName, message: TextName, mend: TextName?) {
        if isBusy { return (.errorBusyTitle, .errorBusyMessage, .errorMinutes) }
        return switch status {
        case 403: (.error403Title, .error403Message, .error403Mend)
        case 404: (.error404Title, .error404Message, nil)
        case 413: (.error413Title, .error413Message, .error413Mend)
        case 429: (.error429Title, .error429Message, .errorMinutes)
        case 400..<500: (.error4xxTitle, .error4xxMessage, .errorBack)
        default: (.error5xxTitle, .error5xxMessage, .errorMinutes)
        }
    }

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("status", String(status))
        context.set("heading", texts[words.title])
        context.set("message", texts[words.message])
        context.set("mend", words.mend.map { texts[$0] })
        return context
    }
}
