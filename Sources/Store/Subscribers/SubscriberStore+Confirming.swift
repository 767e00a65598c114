import Core
import Foundation

extension SubscriberStore {
    /// Makes a typed address a subscription, with its welcome mail and, where one is wanted at once, its first digest; all in
    /// one transaction.
    ///
    /// - Parameters:
    ///   - timeZone: that of the person; nil for the one that is stored.
    ///   - digest: nil where the first digest comes at its usual time.
    ///   - expiresAt: when the welcome mail is no longer worth sending.
    /// - Returns: nil where there is nobody to confirm, or somebody else's confirmation was faster; and whether the digest was
    ///   written, which is not where the person has had that morning's.
    public func confirm(
        id: Int64, lastSeq: Int64, timeZone: CivilZone? = nil, digest: ScheduledDigest?, welcomeUntil expiresAt: Date,
        consent: Consent
    ) async throws -> (subscriber: Subscriber, hasDigest: Bool)? {
        try await driver.write(.people) { sql in
            guard let before = try SubscriberRows.load(sql, "WHERE id = $1", [id]).first,
                before.isAwaited
            else { return nil }
            let now = consent.at
            var schedule = before.schedule
            if let timeZone { schedule.timeZone = timeZone }
            var hasDigest = false
            if let digest, let contents = digest.contents {
                hasDigest = try DeliveryRows.insert(sql, [(digest, contents)], at: now) == [true]
            }
            let due = (hasDigest ? digest?.nextDigestAt : nil) ?? schedule.next(after: now)
            let seq = hasDigest ? digest?.lastSeq ?? lastSeq : lastSeq
            try sql.execute(
                """
                UPDATE subscribers SET state = 'active', next_digest_at = $2, last_seq = $3, confirmed_at = $4,
                    resume_at = NULL, left_from = NULL, left_at = NULL, time_zone = $5
                WHERE id = $1
                """,
                [
                    id, due.milliseconds, max(seq, before.lastSeq), now.milliseconds, schedule.timeZone.identifier,
                ])
            let slot = QueuedMail.welcomeSlot(at: now, withDigest: hasDigest)
            try DeliveryRows.insert(sql, QueuedMail(.welcome, slot: slot, expiresAt: expiresAt), to: id, at: now)
            try SubscriberRows.log(sql, consent)
            return try SubscriberRows.load(sql, "WHERE id = $1", [id]).first.map { ($0, hasDigest) }
        }
    }

    /// Queues one reminder to each of those who were asked to confirm before a moment, have not been asked since, and had no
    /// reminder yet.
    ///
    /// - Parameter consent: the line of the log about somebody.
    /// - Returns: how many there were, at most `limit`.
    public func remindUnconfirmed(
        askedBefore moment: Date, expiresAt: Date, limit: Int, consent: @escaping @Sendable (Subscriber) -> Consent
    ) async throws -> Int {
        try await driver.write(.people) { sql in
            let waiting = try SubscriberRows.load(
                sql,
                """
                WHERE state = 'pending' AND \(Self.lastAsked) <= $1
                    AND EXISTS (
                        SELECT 1 FROM deliveries
                        WHERE subscriber_id = subscribers.id AND kind = 'confirm' AND state = 'sent')
                    AND NOT EXISTS (SELECT 1 FROM deliveries WHERE subscriber_id = subscribers.id AND kind = 'confirm-again')
                    AND NOT EXISTS (SELECT 1 FROM bounces WHERE subscriber_id = subscribers.id)
                ORDER BY id LIMIT $2
                """, [moment.milliseconds, limit])
            for subscriber in waiting {
                let line = consent(subscriber)
                let mail = QueuedMail(.confirmAgain, slot: "confirm-again", expiresAt: expiresAt)
                guard try DeliveryRows.insert(sql, mail, to: subscriber.id, at: line.at) else { continue }
                try SubscriberRows.log(sql, line)
            }
            return waiting.count
        }
    }

    /// Deletes those who were last asked to confirm before a moment and never did.
    ///
    /// Imported people whom nobody has asked yet stay.
    ///
    /// - Parameter consent: the line of the log about somebody.
    /// - Returns: how many there were, at most `limit`.
    public func forgetUnconfirmed(
        askedBefore moment: Date, limit: Int, consent: @escaping @Sendable (Subscriber) -> Consent
    ) async throws -> Int {
        try await driver.write(.people) { sql in
            let gone = try SubscriberRows.load(
                sql, "WHERE state = 'pending' AND \(Self.lastAsked) <= $1 ORDER BY id LIMIT $2",
                [moment.milliseconds, limit])
            for subscriber in gone where try SubscriberRows.remove(sql, id: subscriber.id) {
                try SubscriberRows.log(sql, consent(subscriber))
            }
            return gone.count
        }
    }

    /// When somebody was last sent the link to confirm because the address was typed; NULL for people nobody has asked.
    private static let lastAsked =
        "(SELECT max(created_at) FROM deliveries WHERE subscriber_id = subscribers.id AND kind = 'confirm')"
}

extension QueuedMail {
    private static let withPapers = ":papers"

    /// The slot of a welcome mail, which says whether a digest comes right behind it.
    static func welcomeSlot(at now: Date, withDigest: Bool) -> String {
        "welcome:\(now.milliseconds)" + (withDigest ? withPapers : "")
    }

    static func announcesDigest(_ slot: String) -> Bool { slot.hasSuffix(withPapers) }
}

extension ClaimedDelivery {
    /// Whether this is a welcome mail behind which a digest comes at once.
    public var announcesDigest: Bool { kind == .welcome && QueuedMail.announcesDigest(slot) }
}
