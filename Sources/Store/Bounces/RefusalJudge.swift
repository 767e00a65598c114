import Core
import Foundation

/// Asks the ledger whose fault a refusal is, by the rules of ``BlanketRefusal``, and does what follows for those of before: the
/// one place for what is said at once and for what comes back as a mail.
struct RefusalJudge {
    let sql: any SQLConnection
    let score: BounceScore
    /// What was just written into `bounces`.
    let bounce: NewBounce
    let subscriber: Int64
    let domain: String

    private typealias Scope = BlanketRefusal.Scope
    private typealias Evidence = BlanketRefusal.Evidence

    /// Like refusals of the last hours are one outbreak: those of yesterday morning are not.
    private static let window: TimeInterval = 20 * 3600
    /// Mails of one morning do not leave all at the same moment.
    private static let morning: TimeInterval = 3600
    /// Other readers of a domain were taken meanwhile where they were within a day.
    private static let lately: TimeInterval = 30 * 3600
    /// More rows than these tell no more.
    private static let most = 1000

    private var isByMail: Bool { bounce.source == "mail" }
    private var words: String { BlanketRefusal.words(of: bounce.diagnostic) }

    /// Whether everybody is refused alike, so that the refusal says nothing of the reader; if so, those of before that belong
    /// to it say nothing either.
    func isOfAll() throws -> Bool {
        guard let kind = Breaker.Kind(bounce.fault) else { return false }
        if let outbreak = try known(kind) {
            try weigh([bounce.deliveryID], as: 0, retryAt: outbreak.retryAt)
            return true
        }
        for scope in [Scope.relay, .domain, .provider] {
            guard let outbreak = try outbreak(scope, kind),
                BlanketRefusal.isOfAll(bounce.fault, scope, outbreak.evidence)
            else { continue }
            try open(scope, kind, outbreak.evidence)
            try weigh(outbreak.deliveries, as: 0, retryAt: bounce.at.addingTimeInterval(Breaker.rest(failures: 0)))
            return true
        }
        try weighAlone()
        return false
    }

    // MARK: - Outbreaks that are known

    /// The outbreak that it belongs to: one that goes on, or one of the past in whose time the mail left.
    ///
    /// - Returns: nil where none is known; else when mails are tried again, where they are.
    private func known(_ kind: Breaker.Kind) throws -> (retryAt: Date?, Void)? {
        let rows = try sql.rows(
            """
            SELECT * FROM breakers WHERE kind = $1 AND (scope = 'relay' OR (scope = 'domain' AND name = $2)
                OR (scope = 'provider' AND name = $3))
            """, [kind.rawValue, domain, words])
        for row in rows {
            let breaker = try Breaker(row)
            if let closed = try row.date("closed_at") {
                let sent = try sentAt()
                let begin = breaker.openedAt.addingTimeInterval(-Self.morning)
                if isByMail, sent >= begin, sent <= closed { return (nil, ()) }
            } else if !breaker.isOver(at: bounce.at) {
                // One that only alarms would never end if single refusals kept it alive.
                let evidence = breaker.holds ? nil : try stillOfAll(breaker)
                if breaker.holds || evidence != nil {
                    try BreakerRows.open(
                        sql, breaker.scope, breaker.name, kind, said: bounce.diagnostic, source: bounce.source,
                        holds: breaker.holds || evidence.map { BlanketRefusal.holds(breaker.scope, $0) } ?? false,
                        readers: breaker.readers + 1, at: bounce.at)
                }
                let soon = bounce.at.addingTimeInterval(Breaker.rest(failures: 0))
                return (max(soon, breaker.probeAt), ())
            }
        }
        return nil
    }

    private func stillOfAll(_ breaker: Breaker) throws -> Evidence? {
        guard let evidence = try outbreak(breaker.scope, breaker.kind, isKnown: true)?.evidence else { return nil }
        return BlanketRefusal.isOfAll(bounce.fault, breaker.scope, evidence) ? evidence : nil
    }

    /// When the mail left that the bounce is about.
    private func sentAt() throws -> Date {
        try sql.row("SELECT finished_at FROM deliveries WHERE id = $1", [bounce.deliveryID])?.date("finished_at")
            ?? bounce.at
    }

    private func open(_ scope: Scope, _ kind: Breaker.Kind, _ evidence: Evidence) throws {
        let name =
            switch scope {
            case .relay: bounce.relay
            case .domain: domain
            case .provider: words
            }
        if scope == .relay {
            // What looked like some domains' doing was the relay's.
            try sql.execute(
                """
                UPDATE breakers SET closed_at = $2
                WHERE kind = $1 AND scope <> 'relay' AND closed_at IS NULL AND opened_at >= $3
                """, [kind.rawValue, bounce.at.milliseconds, bounce.at.addingTimeInterval(-Self.window).milliseconds])
        }
        try BreakerRows.open(
            sql, scope, name, kind, said: bounce.diagnostic, source: bounce.source,
            holds: BlanketRefusal.holds(scope, evidence), readers: evidence.refused, at: bounce.at)
    }

    // MARK: - Evidence

    private struct Outbreak {
        var evidence: Evidence
        var deliveries: [Int64]
    }

    /// - Parameter isKnown: whether the outbreak has been seen, so that a look at the day's counts is enough.
    /// - Returns: nil where it is too little to look at.
    private func outbreak(_ scope: Scope, _ kind: Breaker.Kind, isKnown: Bool = false) throws -> Outbreak? {
        switch scope {
        case .relay: try ofRelay(isKnown: isKnown)
        case .domain: try ofDomain()
        case .provider: try ofProvider()
        }
    }

    private func ofDomain() throws -> Outbreak? {
        let refusals = try refusals("b.domain = $4", domain, closed: ("domain", domain))
        guard refusals.subscribers.count >= BlanketRefusal.fewest else { return nil }
        var evidence = Evidence(refused: refusals.subscribers.count)
        evidence.taken = try taken(at: domain, since: refusals.since, most: evidence.refused + 1)
        if bounce.fault == .unknownMailbox {
            evidence.waiting = try waiting(at: domain, most: 20 * BlanketRefusal.many)
            evidence.reachedBefore = try reachedBefore(refusals.subscribers, refusals.since)
        }
        return Outbreak(evidence: evidence, deliveries: refusals.deliveries)
    }

    private func ofProvider() throws -> Outbreak? {
        guard bounce.fault == .policy || bounce.fault == .content else { return nil }
        let refusals = try refusals("b.words = $4", words, closed: ("provider", words))
        guard refusals.subscribers.count >= BlanketRefusal.many, refusals.domains.count > 1 else { return nil }
        var evidence = Evidence(refused: refusals.subscribers.count, domains: refusals.domains.count)
        for domain in refusals.domains.sorted().prefix(50) where evidence.taken <= evidence.refused {
            evidence.taken += try taken(at: domain, since: refusals.since, most: evidence.refused + 1)
        }
        return Outbreak(evidence: evidence, deliveries: refusals.deliveries)
    }

    private func ofRelay(isKnown: Bool) throws -> Outbreak? {
        // The day's counts are at hand, and mostly say that there is nothing to look at.
        let sent = try counted(DailyCounts.outcome(.sent))
        let refusedToday = try counted(DailyCounts.bounce(bounce.fault)) + 1
        let day = Evidence(
            refused: refusedToday, taken: isByMail ? max(0, sent - refusedToday) : sent, reachedBefore: 2,
            domains: BlanketRefusal.fewest)
        guard BlanketRefusal.isOfAll(bounce.fault, .relay, day) else { return nil }
        if isKnown { return Outbreak(evidence: day, deliveries: []) }
        let refusals = try refusals(
            """
            b.domain NOT IN (SELECT name FROM breakers WHERE scope = 'domain' AND kind = $4 AND closed_at IS NULL)
            """, bounce.fault.rawValue, closed: ("relay", bounce.relay), most: 10 * Self.most)
        var evidence = Evidence(refused: refusals.subscribers.count, domains: refusals.domains.count)
        // Where nearly all are of one domain it is that one's doing, and of a few who are refused for themselves.
        guard evidence.refused * 2 > refusals.mostOfOneDomain * 3 else { return nil }
        evidence.taken = isByMail ? max(0, sent - refusedToday) : sent
        if bounce.fault == .unknownMailbox {
            evidence.reachedBefore = try reachedBefore(refusals.subscribers, refusals.since)
        }
        return Outbreak(evidence: evidence, deliveries: refusals.deliveries)
    }

    private struct Refusals {
        var deliveries: [Int64] = []
        var subscribers: Set<Int64> = []
        var domains: Set<String> = []
        var mostOfOneDomain = 0
        /// When the first of the mails had left, or a little before.
        var since: Date
    }

    /// Refusals for the same fault in the window, and after the last outbreak of that name was over.
    private func refusals(
        _ condition: String, _ argument: String, closed: (scope: String, name: String), most: Int = RefusalJudge.most
    ) throws -> Refusals {
        let closed = try sql.row(
            "SELECT closed_at FROM breakers WHERE scope = $1 AND name = $2 AND kind = $3",
            [closed.scope, closed.name, bounce.fault.rawValue])?.integer("closed_at")
        let start = max(bounce.at.addingTimeInterval(-Self.window).milliseconds, closed ?? 0)
        var refusals = Refusals(since: bounce.at)
        var byDomain: [String: Set<Int64>] = [:]
        for row in try sql.rows(
            """
            SELECT b.delivery_id, b.subscriber_id, b.domain, coalesce(d.finished_at, b.received_at) AS sent_at
            FROM bounces b JOIN deliveries d ON d.id = b.delivery_id
            WHERE b.received_at >= $1 AND b.fault = $2 AND \(condition) ORDER BY b.received_at DESC LIMIT $3
            """, [start, bounce.fault.rawValue, most, argument])
        {
            let subscriber = try row.number("subscriber_id")
            refusals.deliveries.append(try row.number("delivery_id"))
            refusals.subscribers.insert(subscriber)
            byDomain[try row.text("domain") ?? "", default: []].insert(subscriber)
            refusals.since = min(refusals.since, try row.instant("sent_at"))
        }
        refusals.domains = Set(byDomain.keys)
        refusals.mostOfOneDomain = byDomain.values.map(\.count).max() ?? 0
        refusals.since = refusals.since.addingTimeInterval(-Self.morning)
        return refusals
    }

    /// A mail that was taken, and did not come back after.
    private static let gotThrough = """
        d.state = 'sent'
        AND NOT EXISTS (SELECT 1 FROM bounces b WHERE b.delivery_id = d.id AND b.received_at >= d.finished_at)
        """

    /// Readers of a domain whose mail was taken since a time.
    ///
    /// - Parameter other: a reader who is not looked at.
    private func taken(at domain: String, since: Date, other: Int64 = 0, most: Int) throws -> Int {
        try count(
            """
            SELECT DISTINCT s.id FROM subscribers s JOIN deliveries d ON d.subscriber_id = s.id
            WHERE \(sql.dialect.domain("s.address_key")) = $1 AND s.id <> $4 AND d.finished_at >= $2
                AND \(Self.gotThrough) LIMIT $3
            """, [domain, since.milliseconds, most, other])
    }

    /// Readers of a domain whose mail is still to be tried.
    private func waiting(at domain: String, most: Int) throws -> Int {
        try count(
            """
            SELECT DISTINCT s.id FROM subscribers s JOIN deliveries d ON d.subscriber_id = s.id
            WHERE \(sql.dialect.domain("s.address_key")) = $1 AND \(DeliveryRows.waits.replacing("state", with: "d.state"))
            LIMIT $2
            """, [domain, most])
    }

    /// Of some readers, those whom a mail of before a time has reached.
    private func reachedBefore(_ subscribers: Set<Int64>, _ time: Date) throws -> Int {
        try count(
            """
            SELECT DISTINCT d.subscriber_id FROM deliveries d
            WHERE d.subscriber_id \(sql.among("$1")) AND d.finished_at < $2 AND \(Self.gotThrough)
            """, [NumberList(subscribers.prefix(Self.most)), time.milliseconds])
    }

    private func count(_ query: String, _ arguments: [any SQLArgument]) throws -> Int {
        Int(try sql.row("SELECT count(*) AS count FROM (\(query)) AS found", arguments)?.number("count") ?? 0)
    }

    private func counted(_ name: String) throws -> Int {
        let row = try sql.row(
            "SELECT count FROM daily_counts WHERE day = $1 AND name = $2", [DailyCounts.number(ofDay: bounce.at), name])
        return try row.map { DailyCounts.read(try $0.number("count")) } ?? 0
    }

    // MARK: - Weights

    /// A refusal that is no outbreak's counts what the rule for single ones says, and so do the day's of the same domain.
    private func weighAlone() throws {
        guard bounce.fault == .policy || bounce.fault == .content else { return }
        let since = try sentAt().addingTimeInterval(-Self.lately)
        let othersTaken = try taken(at: domain, since: since, other: subscriber, most: 1) > 0
        guard let tenths = BlanketRefusal.tenths(bounce.fault, othersTaken: othersTaken) else { return }
        let refusals = try refusals("b.tenths IS NULL AND b.domain = $4", domain, closed: ("", ""))
        try weigh(refusals.deliveries, as: tenths, retryAt: nil)
    }

    /// Lets refusals count so much, whatever their fault, and takes back what they have led to where that is not enough for
    /// it.
    ///
    /// - Parameter retryAt: when mails that were given up are tried again; nil where they are not.
    private func weigh(_ deliveries: [Int64], as tenths: Int, retryAt: Date?) throws {
        let ids = NumberList(deliveries)
        try sql.execute("UPDATE bounces SET tenths = $2 WHERE delivery_id \(sql.among("$1"))", [ids, tenths])
        for row in try sql.rows(
            """
            SELECT delivery_id, subscriber_id, stopped_from, address_hash, source, received_at FROM bounces
            WHERE delivery_id \(sql.among("$1")) AND stopped_from IS NOT NULL
            """, [ids])
        { try restore(row) }
        guard let retryAt else { return }
        try sql.execute(
            """
            UPDATE deliveries SET state = 'deferred', finished_at = NULL, next_attempt_at = $2
            WHERE id \(sql.among("$1")) AND state = 'failed' AND expires_at > $2
            """, [ids, retryAt.milliseconds])
    }

    /// Takes back that a refusal has ended a subscription.
    private func restore(_ row: SQLRow) throws {
        let id = try row.number("subscriber_id")
        let known = try BounceRows.known(sql, of: id)
        guard !score.reaches(known, delivered: try BounceRows.delivered(sql, to: id)) else { return }
        try sql.execute(
            "UPDATE bounces SET stopped_from = NULL WHERE delivery_id = $1", [try row.number("delivery_id")])
        guard let person = try SubscriberRows.load(sql, "WHERE id = $1 AND state = 'bounced'", [id]).first else {
            return
        }
        let former = SubscriberState(rawValue: try row.need("stopped_from")) ?? .active
        let due = former == .active ? person.schedule.next(after: bounce.at) : nil
        try sql.execute(
            "UPDATE subscribers SET state = $2, next_digest_at = $3 WHERE id = $1",
            [id, former.rawValue, due.milliseconds])
        let hash = try row.text("address_hash") ?? ""
        try sql.execute("DELETE FROM suppressions WHERE address_hash = $1", [hash])
        if former == .active {
            try DeliveryRows.wantDigests(sql, of: id, skippedAt: try row.instant("received_at"), at: bounce.at)
        }
        try SubscriberRows.log(
            sql, Consent(event: "reactivated", source: bounce.source, addressHash: hash, at: bounce.at))
    }
}
