import Foundation

extension SubscriberStore {
    /// Voids every link that a subscriber was ever sent, and queues the mail that brings new ones, in one transaction.
    ///
    /// - Parameter epoch: that of the link by which it was asked for; after another change nothing is done.
    /// - Returns: false where there is no such subscriber, or the links were voided meanwhile.
    public func voidLinks(of id: Int64, epoch: Int64, mail: QueuedMail?, consent: Consent) async throws -> Bool {
        try await driver.write(.people) { sql in
            let changed = try sql.execute(
                "UPDATE subscribers SET token_epoch = $3 WHERE id = $1 AND token_epoch = $2",
                [id, epoch, Nonce.random()])
            guard changed == 1 else { return false }
            try sql.execute("DELETE FROM preference_links WHERE subscriber_id = $1", [id])
            if let mail { try DeliveryRows.insert(sql, mail, to: id, at: consent.at) }
            try SubscriberRows.log(sql, consent)
            return true
        }
    }

    /// The day on which a link to preferences was last used, in days since 1970 (UTC); nil for one that never was.
    ///
    /// - Parameter madeOn: the day on which it was made; the links of one day are one.
    public func preferencesLinkUse(of id: Int64, madeOn: Int64) async throws -> Int64? {
        try await driver.read { sql in
            try sql.row(
                "SELECT used_on FROM preference_links WHERE subscriber_id = $1 AND made_on = $2", [id, madeOn]
            )?.number("used_on")
        }
    }

    /// Notes that a link to preferences was used on a day, and forgets those of this subscriber that have ended.
    ///
    /// - Parameter ended: links that were last used before this day have ended.
    public func usePreferencesLink(of id: Int64, madeOn: Int64, on day: Int64, ended: Int64) async throws {
        try await driver.write(.people) { sql in
            try sql.execute(
                """
                INSERT INTO preference_links (subscriber_id, made_on, used_on)
                SELECT id, $2, $3 FROM subscribers WHERE id = $1
                ON CONFLICT (subscriber_id, made_on) DO UPDATE SET used_on = excluded.used_on
                """, [id, madeOn, day])
            try sql.execute("DELETE FROM preference_links WHERE subscriber_id = $1 AND used_on < $2", [id, ended])
        }
    }
}
