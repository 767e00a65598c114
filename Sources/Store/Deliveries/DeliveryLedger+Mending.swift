import Foundation

extension DeliveryLedger {
    /// Has a mail that was refused, for now or for good, tried again at once, under the same Message-ID.
    ///
    /// - Parameter end: when it is no longer worth sending, where that would be before.
    /// - Returns: false where it is not one that was refused.
    public func retry(_ id: Int64, until end: Date, consent: Consent) async throws -> Bool {
        try await driver.write { sql in
            let changed = try sql.execute(
                """
                UPDATE deliveries SET state = 'pending', next_attempt_at = $2, claimed_by = NULL, finished_at = NULL,
                    expires_at = CASE WHEN expires_at < $3 THEN $3 ELSE expires_at END
                WHERE id = $1 AND state IN ('failed', 'deferred')
                """, [id, consent.at.milliseconds, end.milliseconds])
            guard changed == 1 else { return false }
            try SubscriberRows.log(sql, consent)
            return true
        }
    }

    /// The newest mails in a state, newest first, before a number.
    ///
    /// - Parameter reach: how many rows back it is looked at most, since failed ones are few among millions.
    public func newest(
        in state: DeliveryState, before id: Int64 = .max, limit: Int, reach: Int64 = 500_000
    ) async throws -> [LedgerLine] {
        try await driver.read { sql in
            // Numbers have gaps, so rows are counted.
            let first =
                try sql.row("SELECT id FROM deliveries ORDER BY id DESC LIMIT 1 OFFSET $1", [reach])?.integer("id") ?? 0
            return try sql.rows(
                """
                SELECT d.id, d.subscriber_id, s.email, d.kind, d.slot, d.state, d.attempts, d.created_at,
                    d.next_attempt_at, d.last_reply
                FROM deliveries d JOIN subscribers s ON s.id = d.subscriber_id
                WHERE d.state = $1 AND d.id < $2 AND d.id > $3 ORDER BY d.id DESC LIMIT $4
                """, [state.rawValue, id, first, limit]
            ).map { row in
                LedgerLine(
                    id: try row.number("id"), subscriberID: try row.number("subscriber_id"),
                    address: try row.need("email"), kind: DeliveryKind(rawValue: try row.need("kind")) ?? .digest,
                    slot: try row.need("slot"), state: state, attempts: Int(try row.number("attempts")),
                    createdAt: try row.instant("created_at"), nextAttemptAt: try row.instant("next_attempt_at"),
                    lastReply: try row.text("last_reply"))
            }
        }
    }
}

/// A mail as a list of many people's shows it.
public struct LedgerLine: Sendable, Equatable {
    public let id: Int64
    public let subscriberID: Int64
    public let address: String
    public let kind: DeliveryKind
    public let slot: String
    public let state: DeliveryState
    public let attempts: Int
    public let createdAt: Date
    public let nextAttemptAt: Date
    public let lastReply: String?
}
