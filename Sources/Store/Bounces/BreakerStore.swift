import Foundation

/// Those who refuse everybody, and what sizes of mail are taken.
public struct BreakerStore: Sendable {
    let driver: any DatabaseDriver

    /// Those that are open, the oldest first, with the readers who wait.
    public func open(at now: Date) async throws -> [Breaker] {
        try await driver.read { sql in
            try BreakerRows.open(sql).filter { !$0.isOver(at: now) }.map { breaker in
                var breaker = breaker
                breaker.waiting = try BreakerRows.waiting(for: breaker, sql)
                return breaker
            }
        }
    }

    /// The same for a sender: those that are over by time alone are closed, and it is counted who waits for none.
    public func current(at now: Date) async throws -> (open: [Breaker], closed: [Breaker]) {
        let all = try await driver.read { sql in try BreakerRows.open(sql) }
        let over = all.filter { $0.isOver(at: now) }
        for breaker in over { try await close(breaker, at: now) }
        return (all.filter { !$0.isOver(at: now) }, over)
    }

    /// Those that opened and have not been told of yet; they count as told from now on.
    public func news(at now: Date) async throws -> [Breaker] {
        guard try await driver.read({ sql in try BreakerRows.hasNews(sql) }) else { return [] }
        let news = try await driver.write(.people) { sql in
            try sql.rows("UPDATE breakers SET told = 1 WHERE told = 0 AND closed_at IS NULL RETURNING *").map {
                try Breaker($0)
            }
        }
        let open = try await open(at: now)
        return news.map { one in open.first { $0.isSame(as: one) } ?? one }
    }

    /// Notes that somebody refuses everybody, as a sender saw at once.
    ///
    /// - Parameter isProbe: whether a mail was refused that was to show whether it is over.
    public func note(
        _ scope: BlanketRefusal.Scope, _ name: String, _ kind: Breaker.Kind, said: String, holds: Bool,
        readers: Int = 1,
        isProbe: Bool = false, at now: Date
    ) async throws {
        try await driver.write(.people) { sql in
            try BreakerRows.open(
                sql, scope, name, kind, said: said, source: "smtp", holds: holds, readers: readers, isProbe: isProbe,
                at: now)
        }
    }

    /// A mail was taken that was to show whether it is over. Where refusals come back as mails that is to be seen yet.
    public func probed(_ breaker: Breaker, at now: Date) async throws {
        guard breaker.isByMail else { return try await close(breaker, at: now) }
        _ = try await driver.write(.people) { sql in
            try sql.execute(
                """
                UPDATE breakers SET probed_at = $4, probe_at = $5
                WHERE scope = $1 AND name = $2 AND kind = $3 AND closed_at IS NULL
                """,
                [
                    breaker.scope.rawValue, breaker.name, breaker.kind.rawValue, now.milliseconds,
                    now.addingTimeInterval(Breaker.grace).milliseconds,
                ])
        }
    }

    /// It is over.
    public func close(_ breaker: Breaker, at now: Date) async throws {
        _ = try await driver.write(.people) { sql in
            try sql.execute(
                """
                UPDATE breakers SET closed_at = $4
                WHERE scope = $1 AND name = $2 AND kind = $3 AND closed_at IS NULL
                """, [breaker.scope.rawValue, breaker.name, breaker.kind.rawValue, now.milliseconds])
        }
    }

    /// How long one that is over is kept: a mail that left in its time comes back before.
    private static let memory: TimeInterval = 30 * 86_400

    /// Forgets those that have been over for a month, and sizes that no longer count.
    ///
    /// - Returns: how many of both.
    @discardableResult
    public func prune(at now: Date) async throws -> Int {
        let (over, learnt) = (now.addingTimeInterval(-Self.memory), now.addingTimeInterval(-Self.sizeMemory))
        return try await driver.write(.people) { sql in
            let breakers = try sql.execute("DELETE FROM breakers WHERE closed_at < $1", [over.milliseconds])
            return try breakers + sql.execute("DELETE FROM message_limits WHERE learnt_at < $1", [learnt.milliseconds])
        }
    }

    // MARK: - Sizes

    /// How long a size is kept that was learnt: receivers raise theirs.
    private static let sizeMemory: TimeInterval = 30 * 86_400

    /// The sizes that were learnt from refusals, in bytes, by party: `domain example.org`, `relay smtp://mx:25`.
    public func sizes(at now: Date) async throws -> [String: Int] {
        try await driver.read { sql in
            var sizes: [String: Int] = [:]
            for row in try sql.rows(
                "SELECT party, bytes FROM message_limits WHERE learnt_at >= $1",
                [now.addingTimeInterval(-Self.sizeMemory).milliseconds])
            { sizes[try row.need("party")] = Int(min(max(0, try row.number("bytes")), 1 << 40)) }
            return sizes
        }
    }

    /// Learns that a party takes at most so many bytes; where it was known to take less, that stays.
    public func learn(_ party: String, atMost bytes: Int, at now: Date) async throws {
        _ = try await driver.write(.people) { sql in
            try sql.execute(
                """
                INSERT INTO message_limits (party, bytes, learnt_at) VALUES ($1, $2, $3)
                ON CONFLICT (party) DO UPDATE SET bytes = excluded.bytes, learnt_at = excluded.learnt_at
                WHERE message_limits.bytes > excluded.bytes OR message_limits.learnt_at < $4
                """,
                [party, bytes, now.milliseconds, now.addingTimeInterval(-Self.sizeMemory).milliseconds])
        }
    }

    /// Learns that a mail that was sent at a time, whose size is no longer known, was too large for a party: half of what it
    /// took before, once for all mails of before.
    public func learn(_ party: String, lessSince sent: Date, of usual: Int, at now: Date) async throws {
        _ = try await driver.write(.people) { sql in
            try sql.execute(
                """
                INSERT INTO message_limits (party, bytes, learnt_at) VALUES ($1, $2, $3)
                ON CONFLICT (party) DO UPDATE SET bytes = message_limits.bytes / 2, learnt_at = excluded.learnt_at
                WHERE message_limits.learnt_at <= $4 AND message_limits.bytes > 8000
                """, [party, usual / 2, now.milliseconds, sent.milliseconds])
        }
    }
}

extension Breaker {
    public func isSame(as other: Breaker) -> Bool { scope == other.scope && name == other.name && kind == other.kind }
}
