import Store

/// The words in which services and people say where a subscriber stands, in English and in German.
enum ConsentWords {
    private static let states: [String: SubscriberState] = {
        let lists: [(SubscriberState, String)] = [
            (
                .active,
                """
                active enabled confirmed subscribed regular premium gifted trialed optedin member subscriber doubleoptin \
                singleoptin aktiv abonniert bestatigt angemeldet
                """
            ),
            (
                .pending,
                """
                pending unconfirmed unactivated nonsubscribed notsubscribed neversubscribed transactional inactive \
                nonmember owner moderator notoptedin unknown noconsent nichtabonniert unbestatigt ausstehend inaktiv \
                unbekannt nichtbestatigt
                """
            ),
            (.paused, "paused disabled byuser bymoderator pausiert"),
            (
                .unsubscribed,
                """
                unsubscribed removed archived churned optedout optout blocklisted blacklisted blocked suppressed \
                cancelled canceled deactivated deleted left abgemeldet abbestellt gesperrt deaktiviert geloscht archiviert
                """
            ),
            (
                .bounced,
                "bounced cleaned undeliverable bybounces hardbounced hardbounce invalid bereinigt unzustellbar ungultig"
            ),
            (
                .complained,
                "complained complaint complaints spam spammy markedasspam spamcomplaint abuse spambeschwerde"
            ),
        ]
        return lists.reduce(into: [:]) { states, list in
            for word in list.1.split(separator: " ") { states[String(word)] = list.0 }
        }
    }()

    /// - Returns: nil for a word that is not known.
    static func state(_ text: String) -> SubscriberState? { states[text] ?? states[ImportColumn.folded(text)] }

    private static let affirmative: Set<String> = ["1", "yes", "y", "true", "on", "x", "ja", "wahr", "oui", "si", "t"]
    /// Brevo writes 2 for a no.
    private static let negative: Set<String> = [
        "", "0", "2", "no", "n", "false", "off", "nein", "falsch", "non", "null", "none", "never", "nie", "f", "nil",
    ]

    /// Whether a cell says yes, or when; nil where it is neither a yes, nor a no, nor a time.
    static func flag(_ text: String) -> Bool? {
        if let first = text.utf8.first, text.utf8.count >= 8, (0x30...0x39).contains(first) { return time(text) }
        let folded = ImportColumn.folded(text)
        if negative.contains(folded) { return false }
        if affirmative.contains(folded) { return true }
        return time(text)
    }

    /// A time, in whatever order its parts are; one without a value, `0000-00-00 00:00:00`, is none.
    private static func time(_ text: String) -> Bool? {
        let digits = text.utf8.filter { (0x30...0x39).contains($0) }
        guard digits.count >= 4, text.utf8.first.map({ (0x30...0x39).contains($0) }) == true else { return nil }
        return digits.contains { $0 != 0x30 } && !text.hasPrefix("1970-01-01")
    }
}
