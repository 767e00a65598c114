/// Whom a mail is for, and that person's own links.
public struct MailRecipient: Sendable {
    /// As the person typed it.
    public var address: String
    /// The day of the subscription; nil leaves it out of the footer.
    public var subscribedOn: CalendarDay?
    public var preferencesURL: String
    /// Leads to the page with the button.
    public var unsubscribeURL: String

    /// Leads to the page where the reader says what they think of a paper, once `&paper=NUMBER` follows; nil where that is
    /// not asked.
    public var marksURL: String?

    public init(
        address: String, subscribedOn: CalendarDay?, preferencesURL: String, unsubscribeURL: String,
        marksURL: String? = nil
    ) {
        self.address = address
        self.subscribedOn = subscribedOn
        self.preferencesURL = preferencesURL
        self.unsubscribeURL = unsubscribeURL
        self.marksURL = marksURL
    }

    /// What the footer says.
    func values(_ texts: Texts) -> [String: String] {
        var values = ["address": DisplayText.line(address)]
        values["since"] = subscribedOn.map(texts.plain)
        values["preferencesURL"] = WebAddress.link(preferencesURL)
        values["unsubscribeURL"] = WebAddress.link(unsubscribeURL)
        return values
    }
}
