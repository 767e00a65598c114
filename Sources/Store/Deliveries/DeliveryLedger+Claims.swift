import Foundation

extension DeliveryLedger {
    /// Puts claims back that were not used, so that nobody waits for them to lapse; an unused claim is no attempt.
    public func release(_ ids: [Int64], by claimant: String, at now: Date) async throws {
        guard !ids.isEmpty else { return }
        // Also where that fails: nobody sends them now, see ``takeBack(claimant:at:)``.
        held.remove(ids)
        _ = try await driver.write(.rows) { sql in
            try sql.execute(
                """
                UPDATE deliveries SET state = 'pending', attempts = attempts - 1, claimed_by = NULL, next_attempt_at = $1
                WHERE state = 'sending' AND claimed_by = $2 AND id \(sql.among("$3"))
                """, [now.milliseconds, claimant, NumberList(ids)])
        }
    }

    /// The result with what names its mail for good, where this process holds its claim.
    public func named(_ result: DeliveryResult) -> DeliveryResult { held.named(result) }

    /// The senders that hold claims now.
    public func claimants() async throws -> [String] {
        try await driver.read { sql in
            try sql.rows(
                "SELECT DISTINCT claimed_by FROM deliveries WHERE claimed_by IS NOT NULL"
            ).map { try $0.need("claimed_by") }
        }
    }

    /// Lets the claims of a sender that is known to be dead lapse now.
    public func lapse(claimant: String, at now: Date) async throws -> Int {
        try await driver.write(.rows) { sql in
            try sql.execute(
                "UPDATE deliveries SET next_attempt_at = $1 WHERE state = 'sending' AND claimed_by = $2",
                [now.milliseconds, claimant])
        }
    }

    /// Puts the claims of this very process back that nothing in it holds: those of a claim whose answer was lost, and those
    /// that could not be given back when their round ended.
    ///
    /// - Returns: how many there were.
    public func takeBack(claimant: String, at now: Date) async throws -> Int {
        let held = held.ids
        return try await driver.write(.rows) { sql in
            try sql.execute(
                """
                UPDATE deliveries SET state = 'pending', attempts = attempts - 1, claimed_by = NULL, next_attempt_at = $1
                WHERE state = 'sending' AND claimed_by = $2 AND NOT (id \(sql.among("$3")))
                """, [now.milliseconds, claimant, NumberList(held)])
        }
    }

    /// Records once more that mails were sent, after a fail-over that may have lost it: where the row waits or is claimed,
    /// and is still the same mail's.
    ///
    /// - Returns: how many were not known to be sent.
    public func recordAgain(_ results: [DeliveryResult]) async throws -> Int {
        guard !results.isEmpty else { return 0 }
        return try await driver.write(.rows) { sql in
            try sql.execute(
                """
                UPDATE deliveries SET state = 'sent', last_reply = $3, message_id = $4, finished_at = $5,
                    claimed_by = NULL, attempts = CASE WHEN attempts < 1 THEN 1 ELSE attempts END
                WHERE id = $1 AND nonce = $2 AND \(DeliveryRows.waits)
                """,
                each: results.map { [$0.id, $0.nonce, $0.reply, $0.messageID, $0.at.milliseconds] }
            ).reduce(0, +)
        }
    }
}
