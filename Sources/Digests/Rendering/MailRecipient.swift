import Core

/// Whom a mail is for, and that person's own links.
public struct MailRecipient: Sendable {
    /// As the person typed it.
    public var address: String
    /// The day of the subscription; nil leaves it out of the footer.
    public var subscribedOn: CivilDate?
    public var preferencesURL: String
    /// Leads to the page with the button.
    public var unsubscribeURL: String

    /// Leads to the page where the reader says what they think of a paper, once `&paper=NUMBER` follows; nil where that is
    /// not asked.
    public var marksURL: String?

    public init(
        address: String, subscribedOn: CivilDate?, preferencesURL: String, unsubscribeURL: String,
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
        var values: [String: String] = [:]
        for slot in MergeField.footer { values[slot.name] = value(slot, since: texts.plain) }
        return values
    }

    /// - Parameter since: writes the day of the subscription.
    /// - Returns: nil where there is nothing to say.
    func value(_ slot: MergeField, since: (CivilDate) -> String) -> String? {
        switch slot {
        case .address: DisplayText.line(address)
        case .since: subscribedOn.map(since)
        case .preferencesURL: WebAddress.link(preferencesURL)
        case .unsubscribeURL: WebAddress.link(unsubscribeURL)
        case .marksURL: marksURL
        }
    }
}
