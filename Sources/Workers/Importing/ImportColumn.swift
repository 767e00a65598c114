/// What a column of a list of subscribers says, by the names that listmonk, Mailchimp, Buttondown, Mailman and our own
/// export give it.
enum ImportColumn: String, CaseIterable {
    case email, state, topics, filters
    case timeZone = "time_zone"
    case time, cadence, weekday, beyond
    /// The day on which a paused subscription goes on.
    case pausedUntil = "paused_until"
    case maxPapers = "max_papers"
    case language
    case createdAt = "created_at"
    case confirmedAt = "confirmed_at"
    /// When the person left: Mailchimp and Buttondown say so in a column of its own.
    case leftAt
    /// When the address was given up as undeliverable: Mailchimp's "cleaned".
    case cleanedAt
    /// Mailman's `delivery_mode`: a digest there is no state here.
    case passedOver

    private static let names: [String: ImportColumn] = [
        "email": .email, "emailaddress": .email, "mail": .email, "address": .email, "subscriberemail": .email,
        "state": .state, "status": .state, "type": .state, "subscribertype": .state, "memberstatus": .state,
        "deliverystatus": .state,
        "topics": .topics, "filters": .filters,
        "timezone": .timeZone, "time": .time, "sendtime": .time, "cadence": .cadence, "weekday": .weekday,
        "maxpapers": .maxPapers, "language": .language, "locale": .language, "beyond": .beyond,
        "pauseduntil": .pausedUntil,
        "createdat": .createdAt, "creationdate": .createdAt, "optintime": .createdAt, "subscribedat": .createdAt,
        "datesubscribed": .createdAt, "confirmedat": .confirmedAt, "confirmtime": .confirmedAt,
        "unsubtime": .leftAt, "unsubscriptiondate": .leftAt, "unsubscribedat": .leftAt, "cleantime": .cleanedAt,
        // Known, and of no use here.
        "uuid": .passedOver, "id": .passedOver, "name": .passedOver, "displayname": .passedOver,
        "firstname": .passedOver, "lastname": .passedOver, "attributes": .passedOver, "updatedat": .passedOver,
        "memberrating": .passedOver, "tags": .passedOver, "notes": .passedOver, "metadata": .passedOver,
        "deliverymode": .passedOver, "leid": .passedOver, "euid": .passedOver, "optinip": .passedOver,
        "confirmip": .passedOver, "latitude": .passedOver, "longitude": .passedOver, "gmtoff": .passedOver,
        "dstoff": .passedOver, "cc": .passedOver, "region": .passedOver, "lastchanged": .passedOver,
        "nextdigestat": .passedOver, "deliveries": .passedOver, "consent": .passedOver,
    ]

    /// - Parameter header: as the file writes it; case, blanks, `-` and `_` do not matter.
    init?(header: String) {
        let folded = header.lowercased().filter { $0.isLetter || $0.isNumber }
        guard let column = Self.names[folded] else { return nil }
        self = column
    }
}
