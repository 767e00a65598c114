import Core
import Foundation

/// When a reader's next digest comes.
public struct DigestMoment: Sendable {
    public var date: Date
    public var timeZone: CivilZone

    public init(date: Date, timeZone: CivilZone) {
        self.date = date
        self.timeZone = timeZone
    }

    var day: CivilDate { timeZone.day(of: date) }

    /// `07:00`
    var time: String { timeZone.time(of: date) }
}

extension DigestRenderer {
    /// Asks the owner of an address whether the subscription is wanted. It holds nothing a stranger typed but the address.
    ///
    /// - Parameters:
    ///   - confirmURL: valid for 48 hours.
    ///   - again: whether the same was asked before, and this is the only reminder.
    ///   - reminds: whether a reminder may follow.
    public func confirmation(
        address: String, confirmURL: String, again: Bool = false, reminds: Bool = false
    ) -> RenderedMail {
        var values = ["address": DisplayText.line(address), "lifetime": texts[.confirmLifetime]]
        values["confirmURL"] = WebAddress.link(confirmURL)
        return mail(.confirmSubject, .confirmHTML, .confirmText, values, ["again": again, "reminds": reminds])
    }

    /// Greets somebody who has confirmed.
    ///
    /// - Parameters:
    ///   - topics: the titles of what they chose; empty for what trends.
    ///   - firstDigest: when the next papers come by the schedule.
    ///   - comesNow: whether today's papers come right behind this mail.
    public func welcome(
        _ recipient: MailRecipient, topics: [String], firstDigest: DigestMoment?, comesNow: Bool = false
    ) -> RenderedMail {
        var values = recipient.values(texts)
        values["topics"] = topics.isEmpty ? nil : texts.list(topics.map(DisplayText.line))
        values["firstDigest"] = firstDigest.map(texts.moment)
        return mail(.welcomeSubject, .welcomeHTML, .welcomeText, values, ["comesNow": comesNow])
    }

    /// Stands in for a digest where nothing new matches.
    public func note(_ recipient: MailRecipient) -> RenderedMail {
        mail(.noteSubject, .noteHTML, .noteText, recipient.values(texts))
    }

    /// A reader's links, again.
    ///
    /// - Parameter wereAsked: whether they were asked for by a link of the reader's, and not by typing the address.
    public func reminder(_ recipient: MailRecipient, wereAsked: Bool = false) -> RenderedMail {
        mail(
            .reminderSubject, .reminderHTML, .reminderText, recipient.values(texts), ["wereAsked": wereAsked])
    }

    /// Asks a reader whether to add to their mails what was asked for by typing their address. It holds nothing of that.
    ///
    /// - Parameter additionURL: valid for 48 hours.
    public func addition(_ recipient: MailRecipient, additionURL: String) -> RenderedMail {
        var values = recipient.values(texts)
        values["lifetime"] = texts[.confirmLifetime]
        values["additionURL"] = WebAddress.link(additionURL)
        return mail(.reminderSubject, .reminderHTML, .reminderText, values, ["wereAsked": false])
    }

    /// Says that a subscription has ended.
    ///
    /// - Parameter undoURL: leads to the page that takes it back, for a week; nil where only a new subscription does.
    public func goodbye(address: String, undoURL: String?) -> RenderedMail {
        var values = ["address": DisplayText.line(address)]
        values["undoURL"] = WebAddress.link(undoURL)
        return mail(.goodbyeSubject, .goodbyeHTML, .goodbyeText, values)
    }

    /// Asks the owner of an address whether a subscription is to move to it.
    ///
    /// - Parameter confirmURL: valid for 48 hours.
    public func newAddress(address: String, confirmURL: String) -> RenderedMail {
        var values = ["address": DisplayText.line(address), "lifetime": texts[.confirmLifetime]]
        values["confirmURL"] = WebAddress.link(confirmURL)
        return mail(.newAddressSubject, .newAddressHTML, .newAddressText, values)
    }

    /// Tells an address that the subscription has moved to another, which it does not name.
    public func addressChanged(from address: String) -> RenderedMail {
        mail(
            .addressChangedSubject, .addressChangedHTML, .addressChangedText, ["address": DisplayText.line(address)])
    }

    private func mail(
        _ subject: TemplateName, _ html: TemplateName, _ text: TemplateName, _ values: [String: String],
        _ flags: [String: Bool] = [:]
    ) -> RenderedMail {
        var context = site.context
        for (name, flag) in flags { context.set(name, flag) }
        context.set("additionURL", values["additionURL"])
        let subject = templates.renderLine(subject, context)
        context.set("subject", subject)
        for (name, value) in values { context.set(name, value) }
        return RenderedMail(
            subject: subject, text: templates.render(text, context).endingAtLineEnd,
            html: templates.render(html, context).endingAtLineEnd)
    }
}
