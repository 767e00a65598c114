import Core
import Foundation
import Mail

/// Subscribers, what they read, and the consent log. Every change of a person's state is logged in its own transaction.
public struct SubscriberStore: Sendable {
    let driver: any DatabaseDriver

    /// Adds a subscriber, or returns nil where the address (normalised) is known.
    public func add(_ new: NewSubscriber, consent: Consent) async throws -> Subscriber? {
        try await driver.write(.people) { sql in
            guard let id = try SubscriberRows.insert(sql, new, at: consent.at) else { return nil }
            try SubscriberRows.log(sql, consent)
            return try SubscriberRows.load(sql, "WHERE id = $1", [id]).first
        }
    }

    public func subscriber(id: Int64) async throws -> Subscriber? {
        try await driver.read { sql in try SubscriberRows.load(sql, "WHERE id = $1", [id]).first }
    }

    public func subscriber(address: Address) async throws -> Subscriber? {
        try await driver.read { sql in
            try SubscriberRows.load(sql, "WHERE address_key = $1", [address.key]).first
        }
    }

    /// One page of subscribers in order of entry.
    public func list(state: SubscriberState? = nil, after id: Int64 = 0, limit: Int = 1000) async throws -> [Subscriber]
    {
        try await driver.read { sql in
            if let state {
                try SubscriberRows.load(
                    sql, "WHERE state = $1 AND id > $2 ORDER BY id LIMIT $3", [state.rawValue, id, limit])
            } else {
                try SubscriberRows.load(sql, "WHERE id > $1 ORDER BY id LIMIT $2", [id, limit])
            }
        }
    }

    public func counts() async throws -> [SubscriberState: Int] {
        try await driver.read { sql in
            var counts: [SubscriberState: Int] = [:]
            for row in try sql.rows("SELECT state, count(*) AS count FROM subscribers GROUP BY state") {
                if let state = SubscriberState(rawValue: try row.need("state")) {
                    counts[state] = Int(try row.number("count"))
                }
            }
            return counts
        }
    }

    /// Active subscribers whose digest is due, longest due first.
    ///
    /// - Parameter last: of those that were dealt with before. Without it a database that cleans up late looks at all of them
    ///   again.
    public func due(at now: Date, after last: Subscriber? = nil, limit: Int) async throws -> [Subscriber] {
        try await driver.read { sql in
            // Two statements, since of a pair of columns SQLite's index on both finds the first only.
            var found: [Subscriber] = []
            if let last, let moment = last.nextDigestAt {
                found = try SubscriberRows.load(
                    sql, "WHERE state = 'active' AND next_digest_at = $1 AND id > $2 ORDER BY id LIMIT $3",
                    [moment.milliseconds, last.id, limit])
            }
            guard found.count < limit else { return found }
            return found
                + (try SubscriberRows.load(
                    sql,
                    """
                    WHERE state = 'active' AND next_digest_at <= $1 AND next_digest_at > $2
                    ORDER BY next_digest_at, id LIMIT $3
                    """,
                    [now.milliseconds, last?.nextDigestAt.milliseconds ?? Int64.min, limit - found.count]))
        }
    }

    /// Brings back due times that lie further ahead than the schedule has them, because a clock was ahead when they were
    /// set.
    ///
    /// - Returns: how many there were.
    public func realign(at now: Date) async throws -> Int {
        // No daily digest is further away than this; weekly ones are looked at one by one.
        let suspicious = now.addingTimeInterval(25 * 3600)
        return try await driver.write(.people) { sql in
            let late = try SubscriberRows.load(
                sql, "WHERE state = 'active' AND next_digest_at > $1", [suspicious.milliseconds])
            var count = 0
            for subscriber in late {
                let next = subscriber.schedule.next(after: now)
                guard let due = subscriber.nextDigestAt, due > next else { continue }
                count += try sql.execute(
                    "UPDATE subscribers SET next_digest_at = $2 WHERE id = $1 AND next_digest_at = $3",
                    [subscriber.id, next.milliseconds, due.milliseconds])
            }
            return count
        }
    }

    /// The smallest ``Subscriber/lastSeq`` of those whose digest is due; nil where none is.
    public func earliestSeq(dueAt now: Date) async throws -> Int64? {
        try await driver.read { sql in
            try sql.row(
                "SELECT min(last_seq) AS seq FROM subscribers WHERE state = 'active' AND next_digest_at <= $1",
                [now.milliseconds])?.integer("seq")
        }
    }

    /// Moves a subscriber to another state and logs it; active ones become due at their next time.
    ///
    /// - Parameters:
    ///   - mail: is queued with it.
    ///   - isFinal: whether one who leaves cannot take it back, see ``undoLeaving(id:leftSince:consent:)``.
    /// - Returns: the subscriber as it is now, or nil where there is none or its state is not one of `from`.
    public func move(
        id: Int64, from: Set<SubscriberState>, to state: SubscriberState, lastSeq: Int64? = nil,
        mail: QueuedMail? = nil, isFinal: Bool = false, consent: Consent
    ) async throws -> Subscriber? {
        try await driver.write(.people) { sql in
            guard let before = try SubscriberRows.load(sql, "WHERE id = $1", [id]).first, from.contains(before.state)
            else { return nil }
            let due = state == .active ? before.schedule.next(after: consent.at) : nil
            let leaves = state == .unsubscribed
            // Whoever comes back after leaving has consented anew; whoever resumes has not left.
            let begins = state == .active && before.state != .paused
            try sql.execute(
                """
                UPDATE subscribers SET state = $2, next_digest_at = $3, last_seq = $4, confirmed_at = $5, left_from = $6,
                    left_at = $7
                WHERE id = $1
                """,
                [
                    id, state.rawValue, due.milliseconds, max(lastSeq ?? 0, before.lastSeq),
                    (begins ? consent.at : before.confirmedAt).milliseconds,
                    leaves && !isFinal ? before.state.rawValue : nil,
                    leaves ? consent.at.milliseconds : nil as Int64?,
                ])
            if state != .active { try DeliveryRows.skipDigests(sql, of: id, now: state, at: consent.at) }
            if let mail { try DeliveryRows.insert(sql, mail, to: id, at: consent.at) }
            try SubscriberRows.log(sql, consent)
            return try SubscriberRows.load(sql, "WHERE id = $1", [id]).first
        }
    }

    /// Stores what the person may change: schedule, number of papers, interests.
    ///
    /// A digest that is due stays due where the schedule is the same, and a pause ends on the same day of another zone.
    public func update(_ subscriber: Subscriber, consent: Consent) async throws {
        try await driver.write(.people) { sql in
            guard let before = try SubscriberRows.load(sql, "WHERE id = $1", [subscriber.id]).first else { return }
            let schedule = subscriber.schedule
            let isSame = before.schedule == schedule && before.nextDigestAt != nil
            let due = before.state != .active ? nil : isSame ? before.nextDigestAt : schedule.next(after: consent.at)
            let resume = before.resumeAt.map { schedule.start(ofDay: before.schedule.slot(of: $0)) ?? $0 }
            try sql.execute(
                """
                UPDATE subscribers SET time_zone = $2, send_minute = $3, cadence = $4, weekday = $5, max_papers = $6,
                    next_digest_at = $7, beyond = $8, resume_at = $9
                WHERE id = $1
                """,
                [
                    subscriber.id, schedule.timeZone.identifier, schedule.minute, schedule.cadence.rawValue,
                    schedule.weekday, subscriber.maxPapers, due.milliseconds, subscriber.seesBeyond ? 1 : 0,
                    resume.milliseconds,
                ])
            try SubscriberRows.replaceInterests(sql, of: subscriber.id, with: subscriber.interests)
            try SubscriberRows.setLanguage(sql, of: subscriber.id, to: subscriber.language)
            try SubscriberRows.log(sql, consent)
        }
    }

    /// Deletes all data of a person; the consent log keeps the hash of the address.
    ///
    /// - Parameter suppression: why the address is never to be mailed again; its hash is kept for that. Nil where nobody asked
    ///   for it: an address that is suppressed stays so.
    public func remove(id: Int64, suppression: String? = nil, consent: Consent) async throws -> Bool {
        try await driver.write(.people) { sql in
            guard try SubscriberRows.remove(sql, id: id) else { return false }
            if let suppression {
                try SuppressionStore.add(sql, addressHash: consent.addressHash, reason: suppression, at: consent.at)
            }
            try SubscriberRows.log(sql, consent)
            return true
        }
    }

    /// The consent log of one address, oldest first.
    public func consent(addressHash: String) async throws -> [Consent] {
        try await driver.read { sql in
            try sql.rows("SELECT * FROM consent_log WHERE address_hash = $1 ORDER BY at, id", [addressHash]).map {
                Consent(
                    event: try $0.need("event"), source: try $0.need("source"), addressHash: addressHash,
                    at: try $0.instant("at"), previousHash: try $0.text("previous_hash"))
            }
        }
    }
}
