import Foundation

/// Sums for operators: cheap to ask for, however many subscribers there are.
public struct StatisticsStore: Sendable {
    let driver: any DatabaseDriver

    /// A day (UTC) and what was counted on it.
    public typealias Days = [Int64: [String: Int]]

    /// The number of a day, as ``Days`` has it: whole days of UTC since 1970.
    public static func day(of time: Date) -> Int64 { DailyCounts.number(ofDay: time) }

    /// Mails by what became of them (`sent`, `deferred`, `failed`, `skipped`), over all days; a mail that was deferred twice
    /// counts twice there.
    public func mails() async throws -> [String: Int] { try await totals("mail ") }

    /// Answers of mail servers by class: `2xx`, `4xx`, `5xx`, `none`.
    public func replies() async throws -> [String: Int] { try await totals("reply ") }

    /// Bounces and complaints by fault, as ``DeliveryFault`` names them.
    public func bounces() async throws -> [String: Int] { try await totals("bounce ") }

    /// What was counted on each day from one on: `mail sent`, `reply 2xx`, `bounce complaint`, and the papers that were
    /// first seen (`papers`) and the events of the consent log (`event confirmed`; `event added` for whom the operator subscribed).
    public func days(since first: Int64) async throws -> Days {
        try await driver.read { sql in
            var days: Days = [:]
            let start = first * 86_400_000
            for row in try sql.rows("SELECT day, name, count FROM daily_counts WHERE day >= $1", [first]) {
                days[try row.number("day"), default: [:]][try row.need("name")] = DailyCounts.read(
                    try row.number("count"))
            }
            for row in try sql.rows(
                """
                SELECT at / 86400000 AS day,
                    CASE WHEN event = 'subscribed' AND source NOT LIKE 'web%' THEN 'added' ELSE event END AS event,
                    count(*) AS count
                FROM consent_log WHERE at >= $1 GROUP BY 1, 2
                """, [start])
            {
                days[try row.number("day"), default: [:]]["event \(try row.need("event"))"] = Int(
                    try row.number("count"))
            }
            for row in try sql.rows(
                """
                SELECT first_seen_at / 86400000 AS day, count(*) AS count FROM papers WHERE first_seen_at >= $1
                GROUP BY first_seen_at / 86400000
                """, [start])
            {
                days[try row.number("day"), default: [:]]["papers"] = Int(try row.number("count"))
            }
            return days
        }
    }

    /// How many papers were first seen since a time.
    public func papers(since time: Date) async throws -> Int {
        try await driver.read { sql in
            let row = try sql.row("SELECT count(*) AS count FROM papers WHERE first_seen_at >= $1", [time.milliseconds])
            return Int(try row?.number("count") ?? 0)
        }
    }

    /// How many mails wait.
    public struct Queue: Sendable, Equatable {
        /// To be sent as soon as a sender gets to them.
        public var due: Int
        /// In a sender's hands.
        public var sending: Int
        /// Refused for now, to be tried again at their time.
        public var later: Int

        public init(due: Int = 0, sending: Int = 0, later: Int = 0) {
            self.due = due
            self.sending = sending
            self.later = later
        }
    }

    /// How many mails wait. Only indexes are looked at, since the states themselves would take seconds to count on the
    /// morning of a million readers.
    public func queue(at now: Date) async throws -> Queue {
        try await driver.read { sql in
            func count(_ condition: String, _ arguments: [any SQLArgument] = []) throws -> Int {
                let row = try sql.row("SELECT count(*) AS count FROM deliveries WHERE \(condition)", arguments)
                return Int(try row?.number("count") ?? 0)
            }
            let waiting = DeliveryRows.waits
            let all = try count(waiting)
            let due = try count("\(waiting) AND next_attempt_at <= $1", [now.milliseconds])
            let sending = try count("claimed_by IS NOT NULL")
            // Claims that have lapsed are due.
            return Queue(due: due, sending: sending, later: max(0, all - due - sending))
        }
    }

    /// When the digest was due that is due longest and not written yet; nil where none is.
    public func oldestDue(at now: Date) async throws -> Date? {
        try await driver.read { sql in
            try sql.row(
                """
                SELECT min(next_digest_at) AS due FROM subscribers WHERE state = 'active' AND next_digest_at <= $1
                """, [now.milliseconds])?.date("due")
        }
    }

    private func totals(_ prefix: String) async throws -> [String: Int] {
        try await driver.read { sql in
            var totals: [String: Int] = [:]
            for row in try sql.rows("SELECT name, CAST(sum(count) AS BIGINT) AS count FROM daily_counts GROUP BY name")
            {
                let name = try row.need("name")
                if name.hasPrefix(prefix) {
                    totals[String(name.dropFirst(prefix.count))] = Int(try row.number("count"))
                }
            }
            return totals
        }
    }
}
