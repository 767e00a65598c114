import Foundation

/// The rows of ``BreakerStore``, for transactions that write more.
enum BreakerRows {
    /// Those that are not closed, the oldest first.
    static func open(_ sql: any SQLConnection) throws -> [Breaker] {
        try sql.rows("SELECT * FROM breakers WHERE closed_at IS NULL ORDER BY opened_at, scope, name, kind").map {
            try Breaker($0)
        }
    }

    static func hasNews(_ sql: any SQLConnection) throws -> Bool {
        try sql.row("SELECT 1 AS one FROM breakers WHERE told = 0 AND closed_at IS NULL LIMIT 1") != nil
    }

    /// Opens one, or notes that one that is open has refused once more.
    static func open(
        _ sql: any SQLConnection, _ scope: BlanketRefusal.Scope, _ name: String, _ kind: Breaker.Kind, said: String,
        source: String, holds: Bool, readers: Int, isProbe: Bool = false, at now: Date
    ) throws {
        let said = redacted(said)
        let key: [any SQLArgument] = [scope.rawValue, name, kind.rawValue]
        let known = try sql.row(
            "SELECT * FROM breakers WHERE scope = $1 AND name = $2 AND kind = $3 AND closed_at IS NULL", key
        ).map { try Breaker($0) }
        guard let known else {
            try sql.execute(
                """
                INSERT INTO breakers (scope, name, kind, said, source, holds, readers, opened_at, refused_at, probe_at,
                    failures, told)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, 0, 0)
                ON CONFLICT (scope, name, kind) DO UPDATE SET said = excluded.said, source = excluded.source,
                    holds = excluded.holds, readers = excluded.readers, opened_at = excluded.opened_at,
                    refused_at = excluded.refused_at, probe_at = excluded.probe_at, probed_at = NULL, failures = 0,
                    closed_at = NULL, told = 0
                """,
                key + [
                    said, source, holds ? 1 : 0, readers, now.milliseconds,
                    now.addingTimeInterval(Breaker.rest(failures: 0)).milliseconds,
                ])
            return
        }
        // Mails that were on their way come back one after the other; only a probe's tells more than before.
        let wasProbed = isProbe || known.probedAt.map { $0 > known.refusedAt } ?? false
        let failures = known.failures + (wasProbed ? 1 : 0)
        let probeAt =
            wasProbed ? max(known.probeAt, now.addingTimeInterval(Breaker.rest(failures: failures))) : known.probeAt
        try sql.execute(
            """
            UPDATE breakers SET said = $4, source = CASE WHEN source = 'mail' THEN source ELSE $5 END, holds = $6,
                readers = $7, refused_at = $8, probe_at = $9, failures = $10
            WHERE scope = $1 AND name = $2 AND kind = $3
            """,
            key + [
                said, source, holds || known.holds ? 1 : 0, max(readers, known.readers), now.milliseconds,
                probeAt.milliseconds, failures,
            ])
    }

    /// What was said without the addresses in it: it stays when a reader is forgotten.
    private static func redacted(_ said: String) -> String {
        said.split(separator: " ").map { word in
            word.lastIndex(of: "@").map { "…\(word[$0...])" } ?? String(word)
        }.joined(separator: " ")
    }

    /// Readers whose mails wait for somebody who refuses everybody.
    static func waiting(for breaker: Breaker, _ sql: any SQLConnection) throws -> Int {
        let row =
            switch breaker.scope {
            case .relay where breaker.holds:
                try sql.row("SELECT count(DISTINCT subscriber_id) AS count FROM deliveries WHERE \(DeliveryRows.waits)")
            case .domain:
                try sql.row(
                    """
                    SELECT count(DISTINCT subscriber_id) AS count FROM deliveries WHERE \(DeliveryRows.waits)
                        AND subscriber_id IN (SELECT id FROM subscribers WHERE \(sql.dialect.domain("address_key")) = $1)
                    """, [breaker.name])
            default: try sql.row("SELECT 0 AS count")
            }
        return Int(try row?.number("count") ?? 0)
    }
}
