import Core
import Foundation

/// What a column of a list of subscribers says, by the names that listmonk, Mailchimp, Buttondown, Mailman, Brevo,
/// CleverReach, Sendy and our own export give it, in English and in German.
enum ImportColumn: String, CaseIterable {
    case email, state, topics, filters, authors
    /// A state by a name that others give to other things, such as the state of a postal address: in a list that says where
    /// people stand in another column too, words that are no states say nothing.
    case looseState
    /// Mailman's: who may write to a list without being on it is a `nonmember`.
    case role
    case timeZone = "time_zone"
    case time, cadence, weekday, beyond
    /// The day on which a paused subscription goes on.
    case pausedUntil = "paused_until"
    case maxPapers = "max_papers"
    case language
    case createdAt = "created_at"
    /// When the address was typed in, of services that say so of those who agreed alone: Mailchimp's OPTIN_TIME.
    case optInAt = "optin_time"
    /// When the person confirmed that they want mail.
    case confirmedAt = "confirmed_at"
    /// Whether or when the person agreed to mail, of services that do not call it a state: Brevo's DOUBLE_OPT-IN.
    case agreed
    /// Whether or when the person left.
    case left
    /// Whether or when the address was given up as undeliverable: Mailchimp's “cleaned”.
    case bounced
    /// Whether or when a mail was reported as spam.
    case complained
    /// Why somebody left or must not be mailed.
    case reason
    /// Of no use here, but it tells whose list this is: one of a service that knows who agreed.
    case serviceMark
    /// Such as Mailman's `delivery_mode`: a digest there is no state here.
    case passedOver

    /// Whether it says where the person stands.
    var tellsConsent: Bool {
        switch self {
        case .state, .looseState, .optInAt, .confirmedAt, .agreed, .left, .bounced, .complained: true
        default: false
        }
    }

    private static let names: [String: ImportColumn] = {
        let lists: [(ImportColumn, String)] = [
            (
                .email,
                """
                email emailaddress mail mailaddress address subscriberemail useremail memberemail contactemail mailadresse \
                emailadresse adresse subscribedaddress
                """
            ),
            (
                .state,
                """
                state status type subscribertype memberstatus deliverystatus subscriptionstatus substatus emailstatus \
                subscriberstatus contactstatus optinstatus confirmstatus consentstatus marketingstatus \
                abonnementstatus abostatus zustand emailmarketingstatus
                """
            ),
            (.role, "role"),
            (.topics, "topics"), (.filters, "filters"), (.authors, "authors"), (.timeZone, "timezone"),
            (.time, "time sendtime"),
            (.cadence, "cadence"), (.weekday, "weekday"), (.maxPapers, "maxpapers"),
            (.language, "language locale sprache"), (.beyond, "beyond"), (.pausedUntil, "pauseduntil"),
            (
                .createdAt,
                """
                createdat creationdate subscribedat datesubscribed created dateadded addedtime registered registriert \
                angemeldetam signupdate subscribedon
                """
            ),
            (.optInAt, "optintime optindate anmeldezeit"),
            (.confirmedAt, "confirmedat confirmtime confirmationtime confirmed bestatigtam bestatigt confirmedon"),
            (
                .agreed,
                """
                doubleoptin optin consent consentgiven emailconsent gdprconsent activated aktiviert active aktiv \
                subscribed issubscribed abonniert acceptsmarketing acceptsemailmarketing optedin
                """
            ),
            (
                .left,
                """
                unsubtime unsubscriptiondate unsubscribedat unsubscribed unsubscribedate isunsubscribed unsubscribetime \
                optout optedout emailoptout blacklisted emailblacklisted blocklisted emailblocklisted blocked \
                deactivated deaktiviert abgemeldet abgemeldetam abmeldezeit abmeldedatum optouttime optoutdate churnedat \
                churndate suppressed
                """
            ),
            (
                .bounced,
                "cleantime cleaned bounced bouncedat hardbounced hardbounce hardbounces bereinigt undeliverable invalid"
            ),
            (.complained, "complained complaint complaints complainedat markedasspam spam spamcomplaint abuse"),
            (.reason, "reason unsubreason grund abmeldegrund unsubscribereason suppressionreason"),
            (.serviceMark, "memberrating leid euid optinip confirmip uuid cleverreachid contactid"),
            (
                .passedOver,
                """
                id name displayname firstname lastname vorname nachname attributes updatedat tags notes metadata \
                deliverymode latitude longitude gmtoff dstoff cc region lastchanged nextdigestat leftat deliveries phone \
                phonenumber birthday unsubcampaigntitle unsubcampaignid unsubreasonother cleancampaigntitle \
                cleancampaignid emailtype sms whatsapp modifiedtime source smsblacklisted line telefonnummer geburtstag
                """
            ),
        ]
        return lists.reduce(into: [:]) { names, list in
            for name in list.1.split(separator: " ") { names[String(name)] = list.0 }
        }
    }()

    /// The columns of a table.
    ///
    /// - Parameter headers: as the file writes them; nil stands for a column that is not known. Of several that may hold
    ///   the address the one is taken that names mail: beside it an “address” is a postal one.
    static func columns(_ headers: [String]) -> [ImportColumn?] {
        var columns = headers.map { ImportColumn(header: $0) }
        let emails = columns.indices.filter { columns[$0] == .email }
        let chosen = emails.first { folded(headers[$0]).contains("mail") } ?? emails.first
        for index in emails where index != chosen { columns[index] = .passedOver }
        for index in columns.indices where columns[index] == .state {
            let isClear = columns.indices.contains { other in
                other != index && (columns[other]?.tellsConsent == true || columns[other] == .serviceMark)
            }
            if isClear, ["state", "type"].contains(folded(headers[index])) { columns[index] = .looseState }
        }
        return columns
    }

    /// - Parameter header: as the file writes it; case, accents, blanks, `-` and `_` do not matter.
    init?(header: String) {
        guard let column = Self.names[Self.folded(header)] else { return nil }
        self = column
    }

    /// Letters and digits alone, in small letters without accents: `E-Mail-Adresse` → `emailadresse`.
    static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).lowercased()
            .filter { $0.isLetter || $0.isNumber }
    }
}
