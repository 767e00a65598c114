/// Whom a mail is for, and that person's own links.
public struct MailRecipient: Sendable {
    /// As the person typed it.
    public var address: String
    /// The day of the subscription; nil leaves it out of the footer.
    public var subscribedOn: CalendarDay?
    public var preferencesURL: String
    /// Leads to the page with the button.
    public var unsubscribeURL: String

    public init(address: String, subscribedOn: CalendarDay?, preferencesURL: String, unsubscribeURL: String) {
        self.address = address
        self.subscribedOn = subscribedOn
        self.preferencesURL = preferencesURL
        self.unsubscribeURL = unsubscribeURL
    }

    /// What the footer says.
    var values: [String: String] {
        var values = ["address": DisplayText.line(address)]
        values["since"] = subscribedOn?.plain
        values["preferencesURL"] = WebAddress.link(preferencesURL)
        values["unsubscribeURL"] = WebAddress.link(unsubscribeURL)
        return values
    }
}
