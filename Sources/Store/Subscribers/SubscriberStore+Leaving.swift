import Foundation

/// Why somebody left, in their words or in one of ours.
public struct LeavingReason: Sendable, Equatable {
    /// One of the choices of the page; empty where none was ticked.
    public var choice: String
    /// What the person wrote; may be empty.
    public var words: String
    public var at: Date

    public init(choice: String, words: String, at: Date) {
        self.choice = choice
        self.words = words
        self.at = at
    }

    /// A choice for operators: `in words alone` where none was ticked.
    public static func label(_ choice: String) -> String { choice.isEmpty ? "in words alone" : choice }
}

extension SubscriberStore {
    /// Takes back that somebody left: they are active or paused as before, and digests that were waiting then wait again.
    ///
    /// - Parameter moment: who left before is not brought back, for they may have forgotten that they ever subscribed.
    /// - Returns: the subscriber as it is now, or nil where there is nothing to take back.
    public func undoLeaving(id: Int64, leftSince moment: Date, consent: Consent) async throws -> Subscriber? {
        try await driver.write(.people) { sql in
            guard let left = try SubscriberRows.load(sql, "WHERE id = $1", [id]).first, left.state == .unsubscribed,
                let former = left.leftFrom, former.isReader, let leftAt = left.leftAt,
                leftAt >= moment,
                try sql.row("SELECT 1 AS one FROM suppressions WHERE address_hash = $1", [consent.addressHash]) == nil
            else { return nil }
            let due = former == .active ? left.schedule.next(after: consent.at) : nil
            try sql.execute(
                "UPDATE subscribers SET state = $2, next_digest_at = $3, left_from = NULL, left_at = NULL WHERE id = $1",
                [id, former.rawValue, due.milliseconds])
            try DeliveryRows.wantDigests(sql, of: id, skippedAt: leftAt, at: consent.at)
            try sql.execute("DELETE FROM leaving_reasons WHERE subscriber_id = $1", [id])
            try SubscriberRows.log(sql, consent)
            return try SubscriberRows.load(sql, "WHERE id = $1", [id]).first
        }
    }

    /// Keeps why somebody left, in place of what they said before.
    ///
    /// - Returns: false where nobody of that number has left.
    public func setReason(_ reason: LeavingReason, of id: Int64) async throws -> Bool {
        try await driver.write(.people) { sql in
            guard try sql.row("SELECT id FROM subscribers WHERE id = $1 AND state = 'unsubscribed'", [id]) != nil else {
                return false
            }
            try sql.execute(
                """
                INSERT INTO leaving_reasons (subscriber_id, reason, words, given_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (subscriber_id) DO UPDATE
                SET reason = excluded.reason, words = excluded.words, given_at = excluded.given_at
                """, [id, reason.choice, reason.words, reason.at.milliseconds])
            return true
        }
    }

    /// Why somebody left; nil where they did not say.
    public func reason(of id: Int64) async throws -> LeavingReason? {
        try await driver.read { sql in
            try sql.row("SELECT * FROM leaving_reasons WHERE subscriber_id = $1", [id]).map(Self.reason)
        }
    }

    /// What those said who left since a moment, newest first.
    public func reasons(since moment: Date, limit: Int = 1000) async throws -> [LeavingReason] {
        try await driver.read { sql in
            try sql.rows(
                "SELECT * FROM leaving_reasons WHERE given_at >= $1 ORDER BY given_at DESC, subscriber_id LIMIT $2",
                [moment.milliseconds, limit]
            ).map(Self.reason)
        }
    }

    /// How often each reason was given since a moment; those who gave words alone count under an empty one.
    public func reasonCounts(since moment: Date) async throws -> [String: Int] {
        try await driver.read { sql in
            let rows = try sql.rows(
                "SELECT reason, count(*) AS count FROM leaving_reasons WHERE given_at >= $1 GROUP BY reason",
                [moment.milliseconds])
            return try rows.reduce(into: [:]) { $0[try $1.need("reason")] = Int(try $1.number("count")) }
        }
    }

    private static func reason(_ row: SQLRow) throws -> LeavingReason {
        LeavingReason(choice: try row.need("reason"), words: try row.need("words"), at: try row.instant("given_at"))
    }
}
