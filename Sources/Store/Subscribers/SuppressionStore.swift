import Foundation

/// Addresses that must not be mailed, known only by a keyed hash.
public struct SuppressionStore: Sendable {
    let driver: any DatabaseDriver

    /// Keeps the first reason where the address is suppressed already.
    ///
    /// - Returns: false where it was.
    @discardableResult
    public func add(addressHash: String, reason: String, at now: Date) async throws -> Bool {
        try await driver.write(.people) { sql in try Self.add(sql, addressHash: addressHash, reason: reason, at: now) }
    }

    @discardableResult
    static func add(_ sql: any SQLConnection, addressHash: String, reason: String, at now: Date) throws -> Bool {
        try sql.execute(
            """
            INSERT INTO suppressions (address_hash, reason, created_at) VALUES ($1, $2, $3)
            ON CONFLICT (address_hash) DO NOTHING
            """, [addressHash, reason, now.milliseconds]) == 1
    }

    /// All, oldest first, in pages.
    public func list(after last: Suppression? = nil, limit: Int = 1000) async throws -> [Suppression] {
        try await driver.read { sql in
            try sql.rows(
                """
                SELECT * FROM suppressions
                WHERE created_at > $1 OR (created_at = $1 AND address_hash > $2)
                ORDER BY created_at, address_hash LIMIT $3
                """, [last?.at.milliseconds ?? -1, last?.addressHash ?? "", limit]
            ).map {
                Suppression(
                    addressHash: try $0.need("address_hash"), reason: try $0.need("reason"),
                    at: try $0.instant("created_at"))
            }
        }
    }

    /// Why the address is suppressed, or nil where it is not.
    public func reason(addressHash: String) async throws -> String? {
        try await driver.read { sql in
            try sql.row("SELECT reason FROM suppressions WHERE address_hash = $1", [addressHash])?.text("reason")
        }
    }

    public func remove(addressHash: String) async throws -> Bool {
        try await driver.write(.people) { sql in
            try sql.execute("DELETE FROM suppressions WHERE address_hash = $1", [addressHash]) > 0
        }
    }
}

/// An address that must not be mailed.
public struct Suppression: Sendable, Equatable {
    public let addressHash: String
    public let reason: String
    public let at: Date
}
