import Foundation

extension SubscriberStore {
    /// Subscribers whose address holds a fragment, in order of entry, a page after a number.
    ///
    /// - Parameters:
    ///   - fragment: in any case; empty for all.
    ///   - id: the last one of the page before.
    public func search(
        _ fragment: String, state: SubscriberState? = nil, after id: Int64 = 0, limit: Int
    ) async throws -> [Subscriber] {
        guard !fragment.isEmpty else { return try await list(state: state, after: id, limit: limit) }
        let pattern = "%\(Self.escaped(fragment.lowercased().precomposedStringWithCanonicalMapping))%"
        return try await driver.read { sql in
            if let state {
                try SubscriberRows.load(
                    sql, "WHERE address_key LIKE $1 ESCAPE '!' AND state = $2 AND id > $3 ORDER BY id LIMIT $4",
                    [pattern, state.rawValue, id, limit])
            } else {
                try SubscriberRows.load(
                    sql, "WHERE address_key LIKE $1 ESCAPE '!' AND id > $2 ORDER BY id LIMIT $3", [pattern, id, limit])
            }
        }
    }

    /// What LIKE takes for itself stands for itself.
    private static func escaped(_ text: String) -> String {
        text.map { "!%_".contains($0) ? "!\($0)" : String($0) }.joined()
    }

    /// Mails somebody again whose subscription had ended: the address is no longer suppressed and its bounces are forgiven.
    ///
    /// - Parameter lastSeq: papers up to here are passed over.
    /// - Returns: the subscriber as it is now, or nil where there is none or its state is not one of `from`.
    public func reactivate(
        id: Int64, from: Set<SubscriberState>, lastSeq: Int64, consent: Consent
    ) async throws -> Subscriber? {
        try await driver.write { sql in
            guard let before = try SubscriberRows.load(sql, "WHERE id = $1", [id]).first, from.contains(before.state)
            else { return nil }
            try sql.execute("DELETE FROM suppressions WHERE address_hash = $1", [consent.addressHash])
            try sql.execute(
                "UPDATE bounces SET fault = $2 WHERE subscriber_id = $1", [id, DeliveryFault.forgiven.rawValue])
            try sql.execute("DELETE FROM leaving_reasons WHERE subscriber_id = $1", [id])
            let confirmed = before.state == .bounced ? before.confirmedAt ?? consent.at : consent.at
            try sql.execute(
                """
                UPDATE subscribers SET state = 'active', next_digest_at = $2, last_seq = $3, confirmed_at = $4,
                    left_from = NULL, left_at = NULL, resume_at = NULL
                WHERE id = $1
                """,
                [
                    id, before.schedule.next(after: consent.at).milliseconds, max(lastSeq, before.lastSeq),
                    confirmed.milliseconds,
                ])
            try SubscriberRows.log(sql, consent)
            return try SubscriberRows.load(sql, "WHERE id = $1", [id]).first
        }
    }

    /// Writes a line into the consent log about what changed nothing of a subscription, such as a look at it.
    public func note(_ consent: Consent) async throws {
        _ = try await driver.write { sql in try SubscriberRows.log(sql, consent) }
    }
}
