import Digests

/// A page with one thing to say, such as that a link has expired.
struct NoticePage: Page {
    static let template = TemplateName.pageNotice
    var title: String
    var message: String
    /// Where to go from here.
    var link: (url: String, label: String)?

    init(title: String, message: String, link: (url: String, label: String)? = nil) {
        self.title = title
        self.message = message
        self.link = link
    }

    /// A confirm link that is older than 48 hours.
    static let expiredLink = NoticePage(
        title: "This link has expired",
        message: "A link to confirm works for 48 hours. Type your address again and you get a new one.",
        link: ("/", "Subscribe"))

    /// A link that was cut, changed or voided.
    static let brokenLink = NoticePage(
        title: "This link does not work",
        message: "It may have been cut by a mail program, or be older than the last change of your subscription. "
            + "Open the link of your latest mail, or type your address again and your links come by mail.",
        link: ("/", "To the first page"))

    var context: TemplateContext {
        var context = TemplateContext()
        context.set("title", DisplayText.line(title))
        context.set("message", DisplayText.line(message))
        context.set("linkURL", link?.url)
        context.set("linkLabel", link?.label)
        return context
    }
}

/// The answer to a request that failed.
struct ErrorPage: Page {
    static let template = TemplateName.pageError
    /// HTTP's.
    var status: Int
    var title: String
    var message: String
    /// What the reader can do.
    var mend: String?

    init(status: Int, title: String, message: String, mend: String? = nil) {
        self.status = status
        self.title = title
        self.message = message
        self.mend = mend
    }

    /// The page for a status, in words for readers.
    init(status: Int) {
        switch status {
        case 403:
            self.init(
                status: status, title: "This form came from another site",
                message: "Forms are taken from this site’s own pages only, so that no other can act in your name.",
                mend: "Open the page here and try again.")
        case 404:
            self.init(
                status: status, title: "There is no such page",
                message: "The address may be mistyped, or the page is gone.")
        case 413:
            self.init(
                status: status, title: "This is too much at once",
                message: "The form holds more than is read.", mend: "Go back and shorten what you typed.")
        case 429:
            self.init(
                status: status, title: "Too many requests",
                message: "More requests came from your network than one reader makes.",
                mend: "Try again in a few minutes.")
        case 400..<500:
            self.init(
                status: status, title: "This request cannot be answered",
                message: "Something in it is missing or not as it should be.",
                mend: "Go back and try again.")
        default:
            self.init(
                status: status, title: "Something is wrong here",
                message: "The fault is ours, and it has been noted. Nothing of yours is lost.",
                mend: "Try again in a few minutes.")
        }
    }

    var context: TemplateContext {
        var context = TemplateContext()
        context.set("status", String(status))
        context.set("title", DisplayText.line(title))
        context.set("message", DisplayText.line(message))
        context.set("mend", mend.map(DisplayText.line))
        return context
    }
}
