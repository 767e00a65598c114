import Digests

/// `GET /unsubscribe?token=…`: one button. It posts `token`.
struct UnsubscribePage: Page {
    static let template = TemplateName.pageUnsubscribe
    var token: String
    var address: String
    /// Nil where the subscription has ended.
    var offer: MailLinkOffer?

    func title(_ texts: Texts) -> String { texts[.unsubscribe] }

    var context: TemplateContext {
        var context = TemplateContext()
        context.set("token", token)
        context.set("address", DisplayText.line(address))
        offer?.fill(&context)
        return context
    }
}

/// The answer to `POST /unsubscribe`. One form takes it back, another says why; both post `token`, the latter also `reason` and
/// `words`.
struct UnsubscribedPage: Page {
    static let template = TemplateName.pageUnsubscribed

    /// Why people leave, as the form offers it.
    enum Reason: String, CaseIterable, Sendable {
        case tooMany = "too many"
        case wrongPapers = "wrong papers"
        case noTime = "no time"
        case elsewhere
        case neverAsked = "never asked"
        case other

        var label: TextName {
            switch self {
            case .tooMany: .reasonTooMany
            case .wrongPapers: .reasonWrongPapers
            case .noTime: .reasonNoTime
            case .elsewhere: .reasonElsewhere
            case .neverAsked: .reasonNeverAsked
            case .other: .reasonOther
            }
        }
    }

    var address: String
    /// Nil where leaving cannot be taken back here.
    var token: String?
    /// Whether the mail that says goodbye can take it back.
    var isUndoneByMail = false
    /// Whether the reason was given just now.
    var isThanked = false

    func title(_ texts: Texts) -> String { texts[.goodbyeHeading] }

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("address", DisplayText.line(address))
        context.set("token", token)
        context.set("isUndoneByMail", isUndoneByMail)
        context.set("isThanked", isThanked)
        context.set("asksReason", !isThanked)
        context.set(
            "reasons",
            Reason.allCases.map { reason in
                var context = TemplateContext()
                context.set("value", reason.rawValue)
                context.set("label", texts[reason.label])
                return context
            })
        return context
    }
}

/// `GET /unsubscribe/undo?token=…`: one button that takes leaving back. It posts `token`.
struct UndoPage: Page {
    static let template = TemplateName.pageUndo
    var token: String
    var address: String

    func title(_ texts: Texts) -> String { texts[.undoHeading] }

    var context: TemplateContext {
        var context = TemplateContext()
        context.set("token", token)
        context.set("address", DisplayText.line(address))
        return context
    }
}
