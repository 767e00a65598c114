import Core
import Foundation
import Papers

/// Mail that came back, and what follows from it.
public struct BounceStore: Sendable {
    let driver: any DatabaseDriver

    /// A delivery by its number, and whose it was; nil where it is no longer known.
    public func origin(of deliveryID: Int64) async throws -> (delivery: DeliveryRecord, subscriber: Subscriber)? {
        try await origin("id = $1", [deliveryID])
    }

    /// The delivery a bounce is about, and whose it was; nil where it is no longer known, and for one of a row that is gone,
    /// whatever has its numbers now.
    ///
    /// - Parameter nonce: ``ClaimedDelivery/nonce``.
    public func origin(
        ofMailTo subscriberID: Int64, nonce: Int64
    ) async throws -> (delivery: DeliveryRecord, subscriber: Subscriber)? {
        try await origin("subscriber_id = $1 AND nonce = $2", [subscriberID, nonce])
    }

    private func origin(
        _ condition: String, _ arguments: [Int64]
    ) async throws -> (delivery: DeliveryRecord, subscriber: Subscriber)? {
        try await driver.read { sql in
            let rows = try sql.rows("SELECT * FROM deliveries WHERE \(condition)", arguments)
            guard let delivery = try DeliveryLedger.records(rows, DigestContentsCache(), sql).first else { return nil }
            return try SubscriberRows.load(sql, "WHERE id = $1", [delivery.subscriberID]).first.map { (delivery, $0) }
        }
    }

    /// Keeps a bounce, and stops the mail where it, or all of them together, are reason enough.
    ///
    /// - Returns: nil where this delivery's bounce is known already, or it went to an address that is not the subscriber's;
    ///   then nothing is done.
    public func take(_ bounce: NewBounce, by score: BounceScore) async throws -> BounceConsequence? {
        try await driver.write(.people) { sql in
            let consequence = try BounceRows.take(sql, bounce, score)
            if consequence != nil { try DailyCounts.add(sql, [DailyCounts.bounce(bounce.fault): 1], at: bounce.at) }
            return consequence
        }
    }

    /// Lets a subscriber's bounces no longer count; they stay known, so that none counts when it comes again.
    public func forgive(_ subscriberID: Int64) async throws {
        _ = try await driver.write(.people) { sql in
            try sql.execute(
                "UPDATE bounces SET fault = $2 WHERE subscriber_id = $1",
                [subscriberID, DeliveryFault.forgiven.rawValue])
        }
    }

    /// What came back of a subscriber's mails, newest first.
    public func history(of subscriberID: Int64, limit: Int = 30) async throws -> [BounceRecord] {
        try await driver.read { sql in
            try sql.rows(
                "SELECT * FROM bounces WHERE subscriber_id = $1 ORDER BY received_at DESC, delivery_id DESC LIMIT $2",
                [subscriberID, limit]
            ).map { row in
                BounceRecord(
                    deliveryID: try row.number("delivery_id"),
                    fault: DeliveryFault(rawValue: try row.need("fault")) ?? .undeliverable,
                    diagnostic: try row.need("diagnostic"), source: try row.need("source"),
                    receivedAt: try row.instant("received_at"), isOfAll: try row.integer("tenths") == 0)
            }
        }
    }
}

/// A bounce or complaint as it came in.
public struct NewBounce: Sendable {
    public var deliveryID: Int64
    public var fault: DeliveryFault
    /// What the receiver said, one line.
    public var diagnostic: String
    /// `smtp` for a refusal at once, `mail` for one that came back.
    public var source: String
    /// The keyed hash of the address.
    public var addressHash: String
    public var at: Date
    /// The mail servers that mails are handed to, as operators are told of them.
    public var relay: String
    /// Whether it says nothing of the reader at all, such as that a mail server cannot take such addresses.
    public var isOfTheWay: Bool

    public init(
        deliveryID: Int64, fault: DeliveryFault, diagnostic: String, source: String, addressHash: String, at: Date,
        relay: String = "", isOfTheWay: Bool = false
    ) {
        self.relay = relay
        self.isOfTheWay = isOfTheWay
        self.deliveryID = deliveryID
        self.fault = fault
        self.diagnostic = diagnostic
        self.source = source
        self.addressHash = addressHash
        self.at = at
    }
}

/// A bounce as `subscribers show` lists it.
public struct BounceRecord: Sendable, Equatable {
    public let deliveryID: Int64
    public let fault: DeliveryFault
    public let diagnostic: String
    public let source: String
    public let receivedAt: Date
    /// Whether it counts nothing, since everybody was refused alike.
    public let isOfAll: Bool
}

/// What a bounce led to.
public enum BounceConsequence: Sendable, Equatable {
    case counted
    /// The address is suppressed and gets nothing more.
    case suppressed
}

enum BounceRows {
    static func take(_ sql: any SQLConnection, _ bounce: NewBounce, _ score: BounceScore) throws -> BounceConsequence? {
        // What was taken back says nothing; a mail that was tried again may come back for a reason that does.
        let inserted = try sql.row(
            """
            INSERT INTO bounces (delivery_id, subscriber_id, fault, diagnostic, source, received_at, domain, words, tenths)
            SELECT d.id, d.subscriber_id, $2, $3, $4, $5, \(sql.dialect.domain("s.address_key")), $6, $7
            FROM deliveries d JOIN subscribers s ON s.id = d.subscriber_id WHERE d.id = $1 AND d.recipient IS NULL
            ON CONFLICT (delivery_id) DO UPDATE SET fault = excluded.fault, diagnostic = excluded.diagnostic,
                source = excluded.source, received_at = excluded.received_at, words = excluded.words,
                tenths = excluded.tenths
            WHERE bounces.tenths = 0 AND bounces.fault <> excluded.fault
            RETURNING subscriber_id, domain
            """,
            [
                bounce.deliveryID, bounce.fault.rawValue, bounce.diagnostic, bounce.source, bounce.at.milliseconds,
                BlanketRefusal.words(of: bounce.diagnostic), bounce.isOfTheWay ? 0 : nil as Int?,
            ])
        guard let inserted else { return nil }
        let subscriber = try inserted.number("subscriber_id")
        if bounce.isOfTheWay { return .counted }
        let judge = RefusalJudge(
            sql: sql, score: score, bounce: bounce, subscriber: subscriber, domain: try inserted.text("domain") ?? "")
        guard try !judge.isOfAll() else { return .counted }
        let known = try known(sql, of: subscriber)
        guard score.ends(known, last: bounce.fault, delivered: try delivered(sql, to: subscriber)) else {
            return .counted
        }
        return try stop(sql, subscriber, bounce, bounces: known.count) ? .suppressed : .counted
    }

    /// What came back of a subscriber's mails, in the order of the deliveries.
    static func known(_ sql: any SQLConnection, of subscriber: Int64) throws -> [BounceScore.Bounce] {
        try sql.rows(
            """
            SELECT delivery_id, fault, received_at, tenths FROM bounces WHERE subscriber_id = $1 ORDER BY delivery_id
            """, [subscriber]
        ).map { row in
            BounceScore.Bounce(
                deliveryID: try row.number("delivery_id"),
                fault: DeliveryFault(rawValue: try row.need("fault")) ?? .undeliverable,
                day: try row.number("received_at") / 86_400_000,
                tenths: try row.integer("tenths").map { Int(min(max(0, $0), 10)) })
        }
    }

    static func delivered(_ sql: any SQLConnection, to subscriber: Int64) throws -> [Int64] {
        try sql.rows(
            "SELECT id FROM deliveries WHERE subscriber_id = $1 AND state = 'sent' ORDER BY id", [subscriber]
        ).map { try $0.number("id") }
    }

    /// Who had not confirmed may have mistyped, and is left alone, unless they complain.
    private static func stop(
        _ sql: any SQLConnection, _ subscriber: Int64, _ bounce: NewBounce, bounces: Int
    ) throws -> Bool {
        let isComplaint = bounce.fault == .complaint
        let former = try sql.row("SELECT state FROM subscribers WHERE id = $1", [subscriber])?.text("state")
        let state = isComplaint ? SubscriberState.complained : .bounced
        let stopped = try sql.execute(
            """
            UPDATE subscribers SET state = $2, next_digest_at = NULL
            WHERE id = $1 AND state IN (\(isComplaint ? "'pending', 'unsubscribed', 'bounced', " : "")'active', 'paused')
            """, [subscriber, state.rawValue])
        guard stopped == 1 else { return false }
        if !isComplaint {
            try sql.execute(
                "UPDATE bounces SET stopped_from = $2, address_hash = $3 WHERE delivery_id = $1",
                [bounce.deliveryID, former, bounce.addressHash])
        }
        try sql.execute(
            """
            UPDATE deliveries SET state = 'skipped', finished_at = $2, last_reply = $3
            WHERE subscriber_id = $1 AND state IN ('pending', 'deferred')
            """, [subscriber, bounce.at.milliseconds, "subscriber is \(state.rawValue)"])
        try SuppressionStore.add(
            sql, addressHash: bounce.addressHash, reason: reason(bounce, bounces: bounces), at: bounce.at)
        try SubscriberRows.log(
            sql, Consent(event: state.rawValue, source: bounce.source, addressHash: bounce.addressHash, at: bounce.at))
        return true
    }

    private static func reason(_ bounce: NewBounce, bounces: Int) -> String {
        switch bounce.fault {
        case .unknownMailbox: "no such mailbox: \(bounce.diagnostic)"
        case .complaint: "complaint: \(bounce.diagnostic)"
        default: "\(counted(bounces, "mail")) came back, the last for \(bounce.fault.rawValue): \(bounce.diagnostic)"
        }
    }
}
