import Core
import Foundation
import Mail

/// A person from another service's list, with what that service knew.
public struct ImportedSubscriber: Sendable {
    public var new: NewSubscriber
    /// The keyed hash under which the address would be suppressed.
    public var addressHash: String
    public var createdAt: Date?
    public var confirmedAt: Date?

    public init(new: NewSubscriber, addressHash: String, createdAt: Date?, confirmedAt: Date?) {
        self.new = new
        self.addressHash = addressHash
        self.createdAt = createdAt
        self.confirmedAt = confirmedAt
    }
}

/// What an import made of one person.
public enum ImportOutcome: Sendable, Equatable {
    case added
    /// The address is here already and stays as it is.
    case known
    /// The list says that this person left, or that the address is dead: they get no more mail here either.
    case stopped
    /// Somebody who had left is mailed again, for the reason the operator gave.
    case reactivated
    /// Somebody who waited to confirm here has agreed there, and is mailed.
    case confirmed
    /// Not to be mailed: why.
    case refused(String)
}

extension SubscriberStore {
    /// How an import deals with people.
    public struct ImportPolicy: Sendable {
        /// Goes into the consent log of each.
        public var source: String
        /// Whether those who left, bounced or complained come back; only with a reason, which `source` states.
        public var reactivates = false
        /// Whether `source` says where those agreed who stand in a list that tells nothing of it, such as addresses alone.
        /// Without that they are not mailed.
        public var isVouchedFor = true
        /// Tells what would happen and changes nothing.
        public var isDryRun = false

        public init(source: String) { self.source = source }
    }

    /// Takes a batch in one transaction; each person's outcome stands at the same place.
    ///
    /// Nobody who unsubscribed, bounced or complained here is brought back, whatever the list says.
    public func take(_ batch: [ImportedSubscriber], policy: ImportPolicy, at now: Date) async throws -> [ImportOutcome]
    {
        do {
            return try await driver.write(.people) { sql in
                let outcomes = try Self.take(batch, sql: sql, policy: policy, now: now)
                if policy.isDryRun { throw DryRunOver(outcomes: outcomes) }
                return outcomes
            }
        } catch let over as DryRunOver {
            return over.outcomes
        }
    }

    /// To be called after many were taken, so that the database finds its way among them at once.
    public func settle() async throws {
        try await driver.analyse(["subscribers", "subscriptions", "saved_filters", "consent_log"])
    }

    private static func take(
        _ batch: [ImportedSubscriber], sql: any SQLConnection, policy: ImportPolicy, now: Date
    ) throws -> [ImportOutcome] {
        let suppressed = try suppressed(sql, batch.map(\.addressHash))
        var clock = ScheduleClock(now: now)
        var outcomes = batch.map { refusal($0, suppressed: suppressed[$0.addressHash], policy) }
        let welcome = batch.indices.filter { outcomes[$0] == nil }
        for index in welcome where isMailed(batch[index].new.state) && suppressed[batch[index].addressHash] != nil {
            try sql.execute("DELETE FROM suppressions WHERE address_hash = $1", [batch[index].addressHash])
        }
        let ids = try insert(welcome.map { batch[$0] }, sql: sql, clock: &clock)
        let new = zip(welcome, ids).compactMap { index, id in id.map { (index: index, id: $0) } }
        try SubscriberRows.addInterests(sql, new.map { ($0.id, batch[$0.index].new.interests) })
        try SubscriberRows.log(sql, new.map { consent("imported", batch[$0.index], policy, now) })
        for (index, _) in new { outcomes[index] = .added }
        // Also who stands in the list twice: by now the first of the two is here.
        return try batch.indices.map { index in
            try outcomes[index] ?? meet(batch[index], sql: sql, policy: policy, clock: &clock)
        }
    }

    private static func isMailed(_ state: SubscriberState) -> Bool { [.active, .pending, .paused].contains(state) }

    private static func refusal(
        _ person: ImportedSubscriber, suppressed: String?, _ policy: ImportPolicy
    ) -> ImportOutcome? {
        guard let suppressed, isMailed(person.new.state), !policy.reactivates else { return nil }
        return .refused("the address is suppressed: \(suppressed)")
    }

    /// What becomes of somebody who is here already.
    private static func meet(
        _ person: ImportedSubscriber, sql: any SQLConnection, policy: ImportPolicy, clock: inout ScheduleClock
    ) throws -> ImportOutcome {
        let isMailed = isMailed(person.new.state)
        let row = try sql.row("SELECT id, state FROM subscribers WHERE address_key = $1", [person.new.address.key])
        guard let row, let state = SubscriberState(rawValue: try row.need("state")) else { return .known }
        let confirms = state == .pending && person.new.state == .active
        guard confirms || isMailed != Self.isMailed(state) else { return .known }
        if isMailed, !confirms, !policy.reactivates { return .refused("this address is \(state.rawValue) here") }
        let due = person.new.state == .active ? clock.next(person.new.schedule) : nil
        try sql.execute(
            """
            UPDATE subscribers SET state = $2, next_digest_at = $3,
                last_seq = CASE WHEN last_seq > $4 THEN last_seq ELSE $4 END, confirmed_at = coalesce($5, confirmed_at)
            WHERE id = $1
            """,
            [
                try row.number("id"), person.new.state.rawValue, due.milliseconds, person.new.lastSeq,
                confirms ? (person.confirmedAt ?? clock.now).milliseconds : nil as Int64?,
            ])
        try SubscriberRows.log(
            sql,
            consent(
                confirms ? "confirmed" : isMailed ? "reactivated" : person.new.state.rawValue, person, policy,
                clock.now))
        return confirms ? .confirmed : isMailed ? .reactivated : .stopped
    }

    /// - Returns: each one's number; nil for who is here already.
    private static func insert(
        _ people: [ImportedSubscriber], sql: any SQLConnection, clock: inout ScheduleClock
    ) throws -> [Int64?] {
        let rows = people.map { row($0, clock: &clock) }
        return try sql.rows(
            """
            INSERT INTO subscribers (email, address_key, state, time_zone, send_minute, cadence, weekday, max_papers,
                next_digest_at, last_seq, created_at, confirmed_at, beyond, resume_at, language, token_epoch)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            ON CONFLICT (address_key) DO NOTHING RETURNING id
            """, each: rows
        ).map { try $0.first?.number("id") }
    }

    private static func row(_ person: ImportedSubscriber, clock: inout ScheduleClock) -> [any SQLArgument] {
        let new = person.new
        let isActive = new.state == .active
        return [
            new.address.description, new.address.key, new.state.rawValue, new.schedule.timeZone.identifier,
            new.schedule.minute, new.schedule.cadence.rawValue, new.schedule.weekday, new.maxPapers,
            (isActive ? clock.next(new.schedule) : nil).milliseconds, new.lastSeq,
            (person.createdAt ?? clock.now).milliseconds,
            (person.confirmedAt ?? (isActive ? clock.now : nil)).milliseconds, new.seesBeyond,
            new.resumeAt.milliseconds, new.language?.rawValue, Nonce.random(),
        ]
    }

    private static func consent(
        _ event: String, _ person: ImportedSubscriber, _ policy: ImportPolicy, _ now: Date
    ) -> Consent { Consent(event: event, source: policy.source, addressHash: person.addressHash, at: now) }

    /// The reasons of those addresses among some that are suppressed.
    private static func suppressed(_ sql: any SQLConnection, _ hashes: [String]) throws -> [String: String] {
        guard !hashes.isEmpty else { return [:] }
        var reasons: [String: String] = [:]
        for row in try sql.rows(
            "SELECT address_hash, reason FROM suppressions WHERE address_hash \(sql.amongHashes("$1"))",
            [HashList(hashes)])
        {
            reasons[try row.need("address_hash")] = try row.need("reason")
        }
        return reasons
    }
}

/// Thrown to undo what a dry run did.
private struct DryRunOver: Error {
    let outcomes: [ImportOutcome]
}

/// The next digest after one moment, worked out once for each schedule: most of a list share theirs.
private struct ScheduleClock {
    let now: Date
    private var known: [DeliverySchedule: Date] = [:]

    init(now: Date) { self.now = now }

    mutating func next(_ schedule: DeliverySchedule) -> Date {
        if let date = known[schedule] { return date }
        let date = schedule.next(after: now)
        known[schedule] = date
        return date
    }
}
