import Foundation

/// Mails to the bounce address that could not be dealt with, and those whose reading has begun and not ended.
///
/// A reading is written down before it begins: one that ends the whole program is known when the program starts again.
public struct SetAsideStore: Sendable {
    let driver: any DatabaseDriver

    /// A mail that nobody reads any more.
    public struct Mail: Sendable, Equatable {
        /// Its hash.
        public let mail: String
        public let reason: String
        public let at: Date
    }

    /// What is known of a mail that is about to be read.
    public struct Beginning: Sendable, Equatable {
        /// How often its reading was begun, this time included.
        public let tries: Int64
        /// Why it is set aside; nil where it is not.
        public let reason: String?
    }

    /// After so many seconds a mail is forgotten, and would be read again if it were still there.
    private static let keptFor: TimeInterval = 90 * 86_400

    /// Writes down that the reading of a mail begins.
    public func begin(_ mail: String, at now: Date) async throws -> Beginning {
        try await driver.write(.site) { sql in
            try sql.execute(
                "DELETE FROM set_aside WHERE begun_at < $1", [now.addingTimeInterval(-Self.keptFor).milliseconds])
            let row = try sql.row(
                """
                INSERT INTO set_aside (mail, tries, begun_at) VALUES ($1, 1, $2)
                ON CONFLICT (mail) DO UPDATE SET tries = set_aside.tries + 1
                RETURNING tries, reason
                """, [mail, now.milliseconds])
            return Beginning(tries: try row?.number("tries") ?? 1, reason: try row?.text("reason"))
        }
    }

    /// Forgets a mail whose reading has ended, or did not really begin.
    public func finish(_ mail: String) async throws {
        _ = try await driver.write(.site) { sql in
            try sql.execute("DELETE FROM set_aside WHERE mail = $1 AND reason IS NULL", [mail])
        }
    }

    /// Keeps a mail from being read again.
    ///
    /// - Returns: whether it was not set aside before.
    public func add(_ mail: String, reason: String, at now: Date) async throws -> Bool {
        try await driver.write(.site) { sql in
            let changed = try sql.execute(
                """
                INSERT INTO set_aside (mail, tries, reason, begun_at) VALUES ($1, 1, $2, $3)
                ON CONFLICT (mail) DO UPDATE SET reason = excluded.reason, begun_at = excluded.begun_at
                WHERE set_aside.reason IS NULL
                """, [mail, reason, now.milliseconds])
            return changed > 0
        }
    }

    /// Those that are set aside, newest first.
    public func list() async throws -> [Mail] {
        try await driver.read { sql in
            try sql.rows(
                "SELECT mail, reason, begun_at FROM set_aside WHERE reason IS NOT NULL ORDER BY begun_at DESC, mail", []
            ).map { row in
                Mail(mail: try row.need("mail"), reason: try row.need("reason"), at: try row.instant("begun_at"))
            }
        }
    }

    /// Forgets all of them, so that those still there are read again.
    public func clear() async throws {
        _ = try await driver.write(.site) { sql in try sql.execute("DELETE FROM set_aside", []) }
    }
}
