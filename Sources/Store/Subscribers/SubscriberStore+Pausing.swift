import Foundation

extension SubscriberStore {
    /// Stops somebody's digests until a moment, or until they are resumed; of a pause that is under way its end changes.
    ///
    /// - Returns: the subscriber as it is now, or nil where there is no active or paused one.
    public func pause(id: Int64, until end: Date?, consent: Consent) async throws -> Subscriber? {
        try await driver.write(.people) { sql in
            let paused = try sql.execute(
                """
                UPDATE subscribers SET state = 'paused', next_digest_at = NULL, resume_at = $2
                WHERE id = $1 AND state IN ('active', 'paused')
                """, [id, end.milliseconds])
            guard paused == 1 else { return nil }
            try DeliveryRows.skipDigests(sql, of: id, now: .paused, at: consent.at)
            try SubscriberRows.log(sql, consent)
            return try SubscriberRows.load(sql, "WHERE id = $1", [id]).first
        }
    }

    /// Ends a pause.
    ///
    /// - Parameters:
    ///   - byItself: whether only a pause whose day has come is meant: then the digest of that morning is due, also where the
    ///     time for it is just past.
    ///   - lastSeq: papers up to here are passed over.
    /// - Returns: the subscriber as it is now, or nil where no such pause is under way.
    public func resume(id: Int64, byItself: Bool = false, lastSeq: Int64, consent: Consent) async throws -> Subscriber?
    {
        try await driver.write(.people) { sql in
            guard let before = try SubscriberRows.load(sql, "WHERE id = $1", [id]).first, before.state == .paused else {
                return nil
            }
            var start = consent.at
            if byItself {
                guard let end = before.resumeAt, end <= start else { return nil }
                // A digest at midnight belongs to the day; of a long sleep of the service only the last day counts.
                start = max(end.addingTimeInterval(-0.001), start.addingTimeInterval(-86_400))
            }
            try sql.execute(
                """
                UPDATE subscribers SET state = 'active', next_digest_at = $2, last_seq = $3, resume_at = NULL WHERE id = $1
                """,
                [id, before.schedule.next(after: start).milliseconds, max(lastSeq, before.lastSeq)])
            try SubscriberRows.log(sql, consent)
            return try SubscriberRows.load(sql, "WHERE id = $1", [id]).first
        }
    }

    /// Paused subscribers whose pause has ended, longest over first.
    public func pauseOver(at now: Date, limit: Int) async throws -> [Subscriber] {
        try await driver.read { sql in
            try SubscriberRows.load(
                sql, "WHERE state = 'paused' AND resume_at <= $1 ORDER BY resume_at, id LIMIT $2",
                [now.milliseconds, limit])
        }
    }
}
