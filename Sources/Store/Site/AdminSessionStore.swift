import Foundation

/// The operator's sessions that are open, known only by a keyed hash. A session without a row is over, for every process and
/// after every restart.
public struct AdminSessionStore: Sendable {
    let driver: any DatabaseDriver

    /// Stores a session that begins now, and deletes those whose time is up.
    ///
    /// - Throws: ``StoreError``.
    public func begin(_ sessionHash: String, expiresAt: Date, at now: Date) async throws {
        try await driver.write(.rows) { sql in
            try sql.execute("DELETE FROM admin_sessions WHERE expires_at <= $1", [now.milliseconds])
            try sql.execute(
                """
                INSERT INTO admin_sessions (session_hash, expires_at) VALUES ($1, $2)
                ON CONFLICT (session_hash) DO NOTHING
                """, [sessionHash, expiresAt.milliseconds])
        }
    }

    /// Whether a session has begun and was not ended.
    ///
    /// - Throws: ``StoreError``.
    public func isOpen(_ sessionHash: String, at now: Date) async throws -> Bool {
        try await driver.read { sql in
            try sql.row(
                "SELECT expires_at FROM admin_sessions WHERE session_hash = $1 AND expires_at > $2",
                [sessionHash, now.milliseconds]) != nil
        }
    }

    /// Ends a session.
    ///
    /// - Throws: ``StoreError``.
    public func end(_ sessionHash: String) async throws {
        _ = try await driver.write(.rows) { sql in
            try sql.execute("DELETE FROM admin_sessions WHERE session_hash = $1", [sessionHash])
        }
    }

    /// Ends all sessions.
    ///
    /// - Returns: how many of them were not over yet.
    /// - Throws: ``StoreError``.
    @discardableResult
    public func endAll(at now: Date) async throws -> Int {
        try await driver.write(.rows) { sql in
            let open = try sql.execute("DELETE FROM admin_sessions WHERE expires_at > $1", [now.milliseconds])
            try sql.execute("DELETE FROM admin_sessions")
            return open
        }
    }
}
