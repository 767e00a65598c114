import Foundation
import Mail

/// A mail that answers a person, to be written into the ledger.
public struct QueuedMail: Sendable {
    public var kind: DeliveryKind
    /// Unique for a subscriber: a slot that was used already gives no second mail.
    public var slot: String
    /// Where it goes, where that is not the subscriber's address.
    public var recipient: Address?
    /// When it is no longer worth sending.
    public var expiresAt: Date

    public init(_ kind: DeliveryKind, slot: String, recipient: Address? = nil, expiresAt: Date) {
        self.kind = kind
        self.slot = slot
        self.recipient = recipient
        self.expiresAt = expiresAt
    }
}

/// The ledger's rows, for transactions that write more than the ledger.
enum DeliveryRows {
    /// The condition for what is not done with, word for word that of the queue's index, or the index would not be used.
    static let waits = "(state = 'pending' OR state = 'sending' OR state = 'deferred')"

    /// Writes a mail that somebody is waiting for, ahead of every digest.
    ///
    /// - Parameter isWanted: false for a row that is written and never sent.
    /// - Returns: false where this slot was used already.
    @discardableResult
    static func insert(
        _ sql: any SQLConnection, _ mail: QueuedMail, to subscriber: Int64, isWanted: Bool = true, at now: Date
    ) throws -> Bool {
        // The queue is ordered by the time from which on a row may be taken.
        let row = row(
            mail, to: subscriber, nonce: Nonce.random(), contentsKey: nil, state: isWanted ? .pending : .skipped,
            at: now,
            notBefore: Date(milliseconds: 0))
        return try sql.execute(insertion, row) == 1
    }

    /// Writes digests.
    ///
    /// - Returns: of each whether it was written, which it is not where the morning has one already.
    static func insert(
        _ sql: any SQLConnection, _ digests: [(digest: ScheduledDigest, contents: DigestContents)],
        _ cache: DigestContentsCache = DigestContentsCache(), at now: Date
    ) throws -> [Bool] {
        let keys = try ContentsRows.keep(digests.map { ($0.contents, slot: $0.digest.slot) }, cache, sql)
        let rows = try zip(digests, keys).map { digest, key in
            let mail = QueuedMail(.digest, slot: digest.digest.slot, expiresAt: digest.digest.expiresAt)
            let subscriber = digest.digest.subscriber
            return row(
                mail, to: subscriber.id,
                nonce: try Nonce.ofIssue(epoch: subscriber.tokenEpoch, slot: mail.slot), contentsKey: key,
                state: .pending, at: now, notBefore: now)
        }
        return try sql.execute(insertion, each: rows).map { $0 == 1 }
    }

    private static let insertion = """
        INSERT INTO deliveries (subscriber_id, kind, slot, contents_key, state, created_at,
            next_attempt_at, expires_at, recipient, recipient_key, nonce)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (subscriber_id, slot) DO NOTHING
        """

    private static func row(
        _ mail: QueuedMail, to subscriber: Int64, nonce: Int64, contentsKey: String?, state: DeliveryState,
        at now: Date,
        notBefore: Date
    ) -> [any SQLArgument] {
        [
            subscriber, mail.kind.rawValue, mail.slot, contentsKey, state.rawValue, now.milliseconds,
            notBefore.milliseconds, mail.expiresAt.milliseconds, mail.recipient?.description, mail.recipient?.key,
            nonce,
        ]
    }

    /// What waits of somebody's digests is no longer wanted; what is being sent right now cannot be called back.
    static func skipDigests(_ sql: any SQLConnection, of subscriber: Int64, now state: SubscriberState, at now: Date)
        throws
    {
        try sql.execute(
            """
            UPDATE deliveries SET state = 'skipped', finished_at = $2, last_reply = $3
            WHERE subscriber_id = $1 AND kind = 'digest' AND state IN ('pending', 'deferred')
            """, [subscriber, now.milliseconds, "subscriber is \(state.rawValue)"])
    }

    /// Takes ``skipDigests(_:of:now:at:)`` back for those that are still worth sending.
    static func wantDigests(_ sql: any SQLConnection, of subscriber: Int64, skippedAt skipped: Date, at now: Date)
        throws
    {
        try sql.execute(
            """
            UPDATE deliveries SET state = 'pending', finished_at = NULL, last_reply = NULL, next_attempt_at = $3
            WHERE subscriber_id = $1 AND kind = 'digest' AND state = 'skipped' AND finished_at = $2 AND expires_at > $3
            """, [subscriber, skipped.milliseconds, now.milliseconds])
    }

    /// Whether one more mail keeps to the allowances, after those written at some times.
    static func allow(_ times: [Date], _ allowances: [MailAllowance], at now: Date) -> Bool {
        allowances.allSatisfy { allowance in
            let start = now.addingTimeInterval(-allowance.period)
            return times.count(where: { $0 > start }) < allowance.count
        }
    }
}
