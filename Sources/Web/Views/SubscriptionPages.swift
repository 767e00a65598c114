import Digests

/// The answer to `POST /subscribe`, the same for every address that was typed.
struct CheckInboxPage: Page {
    static let template = TemplateName.pageCheckInbox
    /// Where to write to; empty where that is not known.
    var contact = ""
    func title(_ texts: Texts) -> String { texts[.checkInboxHeading] }

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("lifetime", texts[.confirmLifetime])
        context.set("contact", contact.isEmpty ? nil : DisplayText.line(contact))
        return context
    }
}

/// `GET /confirm?token=…` of a reader: one button that adds what was asked for to their mails. It posts `token`.
struct AdditionPage: Page {
    static let template = TemplateName.pageAddition
    var token: String
    /// Titles.
    var topics: [String]
    var filters: [String]
    /// Whether the reader has asked for nothing so far, and gets what trends.
    var isTrending: Bool

    func title(_ texts: Texts) -> String { texts[.additionPageHeading] }

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("token", token)
        context.set("topics", topics.isEmpty ? nil : texts.list(topics.map(DisplayText.line)))
        context.set("filters", filters.map { TemplateContext(["filter": DisplayText.line($0)]) })
        context.set("isTrending", isTrending)
        return context
    }
}

/// `GET /confirm?token=…`: one button, because link scanners follow every link but press nothing. It posts `token`, `timezone`,
/// and `now` where today's papers are wanted at once.
struct ConfirmPage: Page {
    static let template = TemplateName.pageConfirm
    var token: String
    var address: String
    /// Titles; empty for what trends.
    var topics: [String] = []
    var timeZone: TimeZoneChoice
    /// When mails come: `07:00`.
    var time: String
    /// Whether today's papers are wanted at once.
    var sendsNow = true

    func title(_ texts: Texts) -> String { texts[.confirmPageTitle] }

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("token", token)
        context.set("address", DisplayText.line(address))
        context.set("topics", texts.list(topics.map(DisplayText.line)))
        context.set("time", time)
        context.set("sendsNow", sendsNow)
        return context.adding(timeZone.context(texts))
    }
}

/// The answer to `POST /confirm`.
struct ConfirmedPage: Page {
    static let template = TemplateName.pageConfirmed

    /// What comes before the first digest of the schedule.
    enum Beginning: Sendable {
        case waits
        /// Today's papers were asked for, and are on their way.
        case now
        /// They were asked for, and there are none.
        case nothingNow
        /// The subscription was confirmed before.
        case known
    }

    var address: String
    var beginning = Beginning.waits
    /// The next digest of the schedule.
    var firstDigest: DigestMoment?
    /// Nil where the welcome mail, which has the link, is on its way.
    var offer: MailLinkOffer?

    func title(_ texts: Texts) -> String { texts[.confirmedHeading] }

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("address", DisplayText.line(address))
        context.set("comesNow", beginning == .now)
        context.set("hasNothingNow", beginning == .nothingNow)
        context.set("isKnown", beginning == .known)
        context.set("firstDigest", firstDigest.map(texts.moment))
        offer?.fill(&context)
        return context
    }
}

/// `GET /address?token=…`: one button that makes a new address that of the subscription. It posts `token`.
struct NewAddressPage: Page {
    static let template = TemplateName.pageAddress
    var token: String
    /// The new one.
    var address: String

    func title(_ texts: Texts) -> String { texts[.addressPageHeading] }

    var context: TemplateContext {
        var context = TemplateContext()
        context.set("token", token)
        context.set("address", DisplayText.line(address))
        return context
    }
}

/// `GET /preferences/delete?token=…`: the step before everything is gone. It posts `token`, and `never` where the address is
/// not to be mailed again.
struct DeletePage: Page {
    static let template = TemplateName.pageDelete
    var token: String
    var address: String
    var preferencesURL: String

    func title(_ texts: Texts) -> String { texts[.deleteHeading] }

    var context: TemplateContext {
        var context = TemplateContext()
        context.set("token", token)
        context.set("address", DisplayText.line(address))
        context.set("preferencesURL", WebAddress.link(preferencesURL))
        return context
    }
}
