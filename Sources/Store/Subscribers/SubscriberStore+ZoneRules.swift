import Core
import Foundation

extension SubscriberStore {
    /// The names of the time zones of those who get digests or will, and how many people have each.
    public func zonesInUse() async throws -> [String: Int] {
        try await driver.read { sql in
            var zones: [String: Int] = [:]
            for row in try sql.rows(
                """
                SELECT time_zone, count(*) AS readers FROM subscribers WHERE state IN ('active', 'paused') GROUP BY time_zone
                """, [])
            {
                zones[try row.need("time_zone")] = Int(try row.number("readers"))
            }
            return zones
        }
    }

    /// Moves what lies ahead to where the rules of today have it: the next digest and the end of a pause were worked out by
    /// rules that may have changed since, and a weekly reader would be mailed at the old hour for another week.
    ///
    /// - Parameter names: of the zones whose rules have changed.
    /// - Returns: for how many people something moved.
    public func followRules(ofZones names: Set<String>, at now: Date) async throws -> Int {
        var moved = 0
        var last: Int64? = 0
        while let from = last {
            try Task.checkCancellation()
            let page = try await driver.read { sql in
                try sql.rows(
                    """
                    SELECT id, time_zone, send_minute, cadence, weekday, next_digest_at, resume_at FROM subscribers
                    WHERE id > $1 AND state IN ('active', 'paused') ORDER BY id LIMIT $2
                    """, [from, Self.page]
                ).map { try ZonedTimes($0) }
            }
            last = page.count < Self.page ? nil : page.last?.id
            let changes = page.filter { names.contains($0.schedule.timeZone.identifier) }.compactMap {
                $0.moved(at: now)
            }
            guard !changes.isEmpty else { continue }
            moved += try await driver.write(.people) { sql in
                var count = 0
                for (before, after) in changes {
                    // Unless somebody was faster.
                    let isDigest = try sql.execute(
                        "UPDATE subscribers SET next_digest_at = $2 WHERE id = $1 AND next_digest_at = $3",
                        [before.id, after.digest.milliseconds, before.digest.milliseconds])
                    let isPause = try sql.execute(
                        "UPDATE subscribers SET resume_at = $2 WHERE id = $1 AND resume_at = $3",
                        [before.id, after.pauseEnd.milliseconds, before.pauseEnd.milliseconds])
                    count += max(isDigest, isPause)
                }
                return count
            }
        }
        return moved
    }

    private static let page = 2000
}

/// What of somebody's row hangs on their zone.
private struct ZonedTimes: Sendable {
    let id: Int64
    let schedule: DeliverySchedule
    var digest: Date?
    var pauseEnd: Date?

    init(_ row: SQLRow) throws {
        id = try row.number("id")
        schedule = try DeliverySchedule(row)
        digest = try row.date("next_digest_at")
        pauseEnd = try row.date("resume_at")
    }

    /// Nil where nothing moves. What is due already stays so.
    func moved(at now: Date) -> (before: ZonedTimes, after: ZonedTimes)? {
        var after = self
        if let digest, digest > now { after.digest = schedule.moved(digest) ?? digest }
        if let pauseEnd, pauseEnd > now { after.pauseEnd = schedule.movedStart(pauseEnd) }
        return after.digest == digest && after.pauseEnd == pauseEnd ? nil : (self, after)
    }
}
