import Digests

/// The answer to `POST /subscribe`, the same for every address that was typed.
struct CheckInboxPage: Page {
    static let template = TemplateName.pageCheckInbox
    func title(_ texts: Texts) -> String { texts[.checkInboxHeading] }

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("lifetime", texts[.confirmLifetime])
        return context
    }
}

/// `GET /confirm?token=…`: one button, because link scanners follow every link but press nothing. It posts `token`.
struct ConfirmPage: Page {
    static let template = TemplateName.pageConfirm
    var token: String
    var address: String
    /// Titles; empty for what trends.
    var topics: [String] = []

    var title: String { "Confirm your subscription" }

    var context: TemplateContext {
        var context = TemplateContext()
        context.set("token", token)
        context.set("address", DisplayText.line(address))
        context.set("topics", topics.map(DisplayText.line).joined(separator: ", "))
        return context
    }
}

/// The answer to `POST /confirm`.
struct ConfirmedPage: Page {
    static let template = TemplateName.pageConfirmed
    var address: String
    var firstDigest: DigestMoment?
    var preferencesURL: String?

    var title: String { "You are subscribed" }

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("address", DisplayText.line(address))
        context.set("firstDigest", firstDigest.map(texts.moment))
        context.set("preferencesURL", WebAddress.link(preferencesURL))
        return context
    }
}

/// `GET /unsubscribe?token=…`: one button. It posts `token`.
struct UnsubscribePage: Page {
    static let template = TemplateName.pageUnsubscribe
    var token: String
    var address: String
    var preferencesURL: String?

    var title: String { "Unsubscribe" }

    var context: TemplateContext {
        var context = TemplateContext()
        context.set("token", token)
        context.set("address", DisplayText.line(address))
        context.set("preferencesURL", WebAddress.link(preferencesURL))
        return context
    }
}

/// The answer to `POST /unsubscribe`.
struct UnsubscribedPage: Page {
    static let template = TemplateName.pageUnsubscribed
    var address: String

    var title: String { "You have unsubscribed" }

    var context: TemplateContext {
        var context = TemplateContext()
        context.set("address", DisplayText.line(address))
        return context
    }
}
