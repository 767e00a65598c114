import Foundation
import Mail
import Papers

/// The ledger comes before the mail: a message exists only as a row that was committed first, and a row is finished only
/// when the receiver's reply is recorded.
///
/// A sender that dies leaves rows `sending`; when their claims lapse they are sent again with the same Message-ID. So
/// nothing is lost, and at most what was in flight comes twice.
public struct DeliveryLedger: Sendable {
    let driver: any DatabaseDriver
    private let contentsCache = DigestContentsCache()
    /// What this process has claimed and not yet recorded or given back.
    let held = HeldClaims()

    init(driver: any DatabaseDriver) { self.driver = driver }

    /// Writes the next step of due subscribers in one transaction: the delivery with its papers, the time of the next
    /// digest, and the last paper dealt with.
    ///
    /// A subscriber whose step was written by somebody else meanwhile is left as it is. One who has had a digest of that
    /// morning keeps the papers for the next.
    ///
    /// - Returns: how many deliveries were written.
    public func schedule(_ digests: [ScheduledDigest], at now: Date) async throws -> Int {
        try await driver.write(.people) { [contentsCache] sql in
            let due = try Self.stillDue(digests, sql)
            let held = due.compactMap { digest in digest.contents.map { (digest: digest, contents: $0) } }
            let isWritten = try DeliveryRows.insert(sql, held, contentsCache, at: now)
            let refused = Set(zip(held, isWritten).filter { !$1 }.map(\.0.digest.subscriber.id))
            // Most readers move on to the same morning and the same paper: one statement moves them all.
            let steps = Dictionary(grouping: due) { digest in
                Step(
                    nextDigestAt: digest.nextDigestAt,
                    lastSeq: refused.contains(digest.subscriber.id) ? nil : digest.lastSeq)
            }
            for (step, digests) in steps {
                try sql.execute(
                    """
                    UPDATE subscribers SET next_digest_at = $2, last_seq = coalesce($3, last_seq)
                    WHERE id \(sql.among("$1"))
                    """,
                    [NumberList(digests.map(\.subscriber.id)), step.nextDigestAt.milliseconds, step.lastSeq])
            }
            return held.count - refused.count
        }
    }

    /// Where a subscriber stands after a digest.
    private struct Step: Hashable {
        let nextDigestAt: Date
        /// Nil where the papers are for the next one.
        let lastSeq: Int64?
    }

    /// Those of some steps that nobody has written meanwhile, each subscriber's first.
    private static func stillDue(_ digests: [ScheduledDigest], _ sql: any SQLConnection) throws -> [ScheduledDigest] {
        var times: [Int64: Int64] = [:]
        // The state is looked at here: SQLite would look for it first, among all who are active.
        for row in try sql.rows(
            "SELECT id, state, next_digest_at FROM subscribers WHERE id \(sql.among("$1"))",
            [NumberList(digests.map(\.subscriber.id))])
        where try row.need("state") == SubscriberState.active.rawValue {
            times[try row.number("id")] = try row.integer("next_digest_at")
        }
        return digests.filter { digest in
            guard let due = times[digest.subscriber.id], due == digest.subscriber.nextDigestAt.milliseconds else {
                return false
            }
            times[digest.subscriber.id] = nil
            return true
        }
    }

    /// Queues a mail that anybody can cause by typing an address, or by a link of little right, unless the allowances are used
    /// up.
    ///
    /// - Parameter series: what the allowances count, one word.
    /// - Returns: false where nothing was written. Of many that ask at once, one is heard.
    public func enqueueAnswer(
        _ kind: DeliveryKind, to subscriberID: Int64, series: String = "answer", within allowances: [MailAllowance],
        at now: Date, expiresAt: Date
    ) async throws -> Bool {
        try await driver.write(.people) { sql in
            try Self.enqueueAnswer(
                sql, kind, to: subscriberID, series: series, within: allowances, at: now, expiresAt: expiresAt) != nil
        }
    }

    /// The same within a transaction.
    ///
    /// - Returns: the mail's slot; nil where nothing was written.
    static func enqueueAnswer(
        _ sql: any SQLConnection, _ kind: DeliveryKind, to subscriberID: Int64, series: String,
        within allowances: [MailAllowance], at now: Date, expiresAt: Date
    ) throws -> String? {
        let before = try written(sql, "subscriber_id = $1 AND slot LIKE '\(series):%'", subscriberID)
        guard DeliveryRows.allow(before.times, allowances, at: now) else { return nil }
        // The number makes the slot unique also where two databases' transactions run side by side.
        let mail = QueuedMail(kind, slot: "\(series):\(before.next)", expiresAt: expiresAt)
        return try DeliveryRows.insert(sql, mail, to: subscriberID, at: now) ? mail.slot : nil
    }

    /// Queues a mail to an address that a subscriber typed as their new one, unless the allowances are used up: those of
    /// the subscriber, and those of the address, whoever types it.
    ///
    /// - Parameter isWanted: where it is false the row is written all the same and never sent, so that the time it takes
    ///   tells nothing of the address.
    /// - Returns: false where nothing was written.
    public func enqueue(
        _ kind: DeliveryKind, of subscriberID: Int64, toOther address: Address, isWanted: Bool,
        within allowances: [MailAllowance], perAddress: [MailAllowance], at now: Date, expiresAt: Date
    ) async throws -> Bool {
        try await driver.write(.people) { sql in
            let own = try Self.written(sql, "subscriber_id = $1 AND kind = '\(kind.rawValue)'", subscriberID)
            let there = try Self.written(sql, "recipient_key = $1", address.key)
            guard DeliveryRows.allow(own.times, allowances, at: now),
                DeliveryRows.allow(there.times, perAddress, at: now)
            else { return false }
            let mail = QueuedMail(
                kind, slot: "\(kind.rawValue):\(own.next)", recipient: address, expiresAt: expiresAt)
            return try DeliveryRows.insert(sql, mail, to: subscriberID, isWanted: isWanted, at: now)
        }
    }

    /// When some mails were written, and the number of the next in the same row of slots (`answer:3`): after the highest,
    /// since old ones may have been forgotten.
    private static func written(
        _ sql: any SQLConnection, _ condition: String, _ argument: any SQLArgument
    ) throws -> (times: [Date], next: Int) {
        let rows = try sql.rows("SELECT created_at, slot FROM deliveries WHERE \(condition)", [argument])
        let numbers = try rows.compactMap { try $0.need("slot").split(separator: ":").last.flatMap { Int($0) } }
        return (
            try rows.map { try $0.instant("created_at") }, min(numbers.max() ?? 0, Int(WholeNumber.rows.upperBound)) + 1
        )
    }

    /// Claims up to `limit` rows for one sender: waiting ones, and those whose sender let its claim lapse.
    ///
    /// - Parameter claimant: names the process, see `Claimant` in `Workers`.
    public func claim(limit: Int, by claimant: String, at now: Date, lease: TimeInterval) async throws
        -> [ClaimedDelivery]
    {
        let skipLocked = driver.dialect.skipLocked
        let generation = driver.generation
        let (claimed, step) = try await driver.write(.rows) { sql in
            // MATERIALIZED, since a plan that looks for due rows more than once would claim more than the limit.
            let rows = try sql.rows(
                """
                WITH due AS MATERIALIZED (
                    SELECT id FROM deliveries
                    WHERE \(DeliveryRows.waits) AND next_attempt_at <= $3
                    ORDER BY next_attempt_at, id LIMIT $4 \(skipLocked))
                UPDATE deliveries SET state = 'sending', attempts = attempts + 1, claimed_by = $1, next_attempt_at = $2
                WHERE id IN (SELECT id FROM due)
                RETURNING id, nonce, subscriber_id, kind, slot, contents_key, attempts, created_at, expires_at,
                    recipient
                """,
                [claimant, now.addingTimeInterval(lease).milliseconds, now.milliseconds, limit])
            guard !rows.isEmpty else { return ([ClaimedDelivery](), nil as GenerationFile.Step?) }
            let subscribers = try Self.recipients(of: rows, sql)
            let contents = try ContentsRows.contents(of: rows, contentsCache, sql)
            let claimed: [ClaimedDelivery] = try zip(rows, contents).compactMap { row, contents in
                guard let subscriber = subscribers[try row.number("subscriber_id")] else { return nil }
                return ClaimedDelivery(
                    id: try row.number("id"), nonce: try row.number("nonce"),
                    kind: DeliveryKind(rawValue: try row.need("kind")) ?? .digest,
                    slot: try row.need("slot"), contents: contents, contentsKey: try row.text("contents_key"),
                    attempt: Int(try row.number("attempts")), createdAt: try row.instant("created_at"),
                    expiresAt: try row.instant("expires_at"), subscriber: subscriber,
                    otherRecipient: try Self.recipient(row))
            }
            // The rows come in no order; who waits for an answer goes first, then who has waited longest.
            let sorted = claimed.sorted {
                let (isDigest, otherIsDigest) = ($0.kind == .digest, $1.kind == .digest)
                // Of digests those that were tried least: a relay that refused some is not tried by the same again.
                if isDigest, otherIsDigest, $0.attempt != $1.attempt { return $0.attempt < $1.attempt }
                return isDigest == otherIsDigest ? ($0.createdAt, $0.id) < ($1.createdAt, $1.id) : otherIsDigest
            }
            return (sorted, try generation.map { _ in try GenerationFile.next(sql) })
        }
        if let step { generation?.write(step) }
        held.add(claimed)
        return claimed
    }

    /// The subscribers whom some claimed rows are for. Only the mail that greets somebody says what they read.
    private static func recipients(of rows: [SQLRow], _ sql: any SQLConnection) throws -> [Int64: Subscriber] {
        let ids = Set(try rows.map { try $0.number("subscriber_id") })
        let greeted = try rows.filter { try $0.need("kind") == DeliveryKind.welcome.rawValue }
        let subscribers = try SubscriberRows.load(
            sql, "WHERE id \(sql.among("$1"))", [NumberList(ids)],
            interestsOf: try greeted.map { try $0.number("subscriber_id") })
        return Dictionary(uniqueKeysWithValues: subscribers.map { ($0.id, $0) })
    }

    /// Records replies, all in one transaction. A row that another sender has taken over meanwhile, because the claim had
    /// lapsed, is recorded as sent all the same: it was.
    ///
    /// - Parameter score: says when refusals end a subscription.
    public func record(_ results: [DeliveryResult], by claimant: String, score: BounceScore) async throws {
        guard !results.isEmpty else { return }
        try await write(results.map(held.named), by: claimant, score: score)
        held.remove(results.map(\.id))
    }

    private func write(_ results: [DeliveryResult], by claimant: String, score: BounceScore) async throws {
        // What a refusal leads to depends on other rows.
        try await driver.write(results.contains { $0.fault != nil } ? .people : .rows) { sql in
            var counts: [String: Int] = [:]
            let changes = try sql.execute(
                """
                UPDATE deliveries SET state = $2, last_reply = $3, message_id = coalesce($4, message_id),
                    next_attempt_at = coalesce($5, next_attempt_at), finished_at = $6, claimed_by = NULL
                WHERE id = $1 AND state = 'sending' AND (claimed_by = $7 OR $2 = 'sent') AND nonce = coalesce($8, nonce)
                """,
                each: results.map { result in
                    [
                        result.id, result.state.rawValue, result.reply, result.messageID,
                        result.nextAttemptAt.milliseconds,
                        result.state == .deferred || result.state == .pending ? nil as Int64? : result.at.milliseconds,
                        claimant, result.nonce,
                    ]
                })
            for (result, changed) in zip(results, changes) where changed == 1 {
                DailyCounts.count(result, in: &counts)
            }
            guard let time = results.last?.at else { return }
            // Before the refusals: whose fault they are depends on how many mails were taken.
            try DailyCounts.add(sql, counts, at: time)
            for result in results {
                guard let fault = result.fault, let hash = result.addressHash else { continue }
                let bounce = NewBounce(
                    deliveryID: result.id, fault: fault, diagnostic: result.reply, source: "smtp", addressHash: hash,
                    at: result.at, relay: result.relay)
                if try BounceRows.take(sql, bounce, score) != nil {
                    try DailyCounts.add(sql, [DailyCounts.bounce(fault): 1], at: time)
                }
            }
        }
    }

    /// The mails of one subscriber, newest first.
    public func history(of subscriberID: Int64, limit: Int) async throws -> [DeliveryRecord] {
        try await driver.read { sql in
            let rows = try sql.rows(
                "SELECT * FROM deliveries WHERE subscriber_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2",
                [subscriberID, limit])
            return try Self.records(rows, contentsCache, sql)
        }
    }

    /// The papers that digests written since a time hold, by subscriber.
    public func papers(sentTo subscribers: [Int64], since: Date) async throws -> [Int64: Set<Int64>] {
        guard !subscribers.isEmpty else { return [:] }
        // A digest's slot is its morning, which is never days before it was written; by slot, years of others are passed over.
        let firstSlot = String(since.addingTimeInterval(-2 * 86_400).formatted(.iso8601).prefix(10))
        return try await driver.read { sql in
            var papers: [Int64: Set<Int64>] = [:]
            let rows = try sql.rows(
                """
                SELECT subscriber_id, contents_key FROM deliveries
                WHERE subscriber_id \(sql.among("$2")) AND slot >= $3 AND kind = 'digest' AND created_at >= $1
                """, [since.milliseconds, NumberList(subscribers), firstSlot])
            for (row, contents) in zip(rows, try ContentsRows.contents(of: rows, contentsCache, sql)) {
                guard let contents else { continue }
                papers[try row.number("subscriber_id"), default: []].formUnion(contents.items.map(\.seq))
            }
            // Who had a paper that turned out to be another has had that one.
            for row in try sql.rows("SELECT seq, merged_into FROM papers WHERE merged_into IS NOT NULL") {
                let (old, new) = (try row.number("seq"), try row.number("merged_into"))
                for (subscriber, seqs) in papers where seqs.contains(old) { papers[subscriber]?.insert(new) }
            }
            return papers
        }
    }

    /// How many rows are in each state, and when the next of those that wait may be taken.
    public func backlog() async throws -> [DeliveryState: Int] {
        try await driver.read { sql in
            var counts: [DeliveryState: Int] = [:]
            for row in try sql.rows("SELECT state, count(*) AS count FROM deliveries GROUP BY state") {
                if let state = DeliveryState(rawValue: try row.need("state")) {
                    counts[state] = Int(try row.number("count"))
                }
            }
            return counts
        }
    }

    /// How many rows may be taken now.
    public func dueCount(at now: Date) async throws -> Int {
        try await driver.read { sql in
            let row = try sql.row(
                """
                SELECT count(*) AS count FROM deliveries
                WHERE \(DeliveryRows.waits) AND next_attempt_at <= $1
                """, [now.milliseconds])
            return Int(try row?.number("count") ?? 0)
        }
    }

    /// When the next waiting row may be taken; nil where nothing waits.
    public func nextAttempt() async throws -> Date? {
        try await driver.read { sql in
            try sql.row(
                """
                SELECT min(next_attempt_at) AS next FROM deliveries WHERE \(DeliveryRows.waits)
                """)?.date("next")
        }
    }

    static func records(
        _ rows: [SQLRow], _ cache: DigestContentsCache, _ sql: any SQLConnection
    ) throws -> [DeliveryRecord] { try zip(rows, ContentsRows.contents(of: rows, cache, sql)).map(record) }

    private static func record(_ row: SQLRow, _ contents: DigestContents?) throws -> DeliveryRecord {
        DeliveryRecord(
            id: try row.number("id"), nonce: try row.number("nonce"),
            subscriberID: try row.number("subscriber_id"),
            kind: DeliveryKind(rawValue: try row.need("kind")) ?? .digest, slot: try row.need("slot"),
            contents: contents, state: DeliveryState(rawValue: try row.need("state")) ?? .failed,
            attempts: Int(try row.number("attempts")), createdAt: try row.instant("created_at"),
            nextAttemptAt: try row.instant("next_attempt_at"), finishedAt: try row.date("finished_at"),
            lastReply: try row.text("last_reply"), messageID: try row.text("message_id"),
            otherRecipient: try recipient(row))
    }

    /// Where a mail goes that does not go to its subscriber's address.
    private static func recipient(_ row: SQLRow) throws -> Address? {
        try row.text("recipient").flatMap { try? Address($0) }
    }
}
