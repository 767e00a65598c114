import Foundation

/// Addresses that must not be mailed, known only by a keyed hash.
public struct SuppressionStore: Sendable {
    let driver: any DatabaseDriver

    /// Keeps the first reason where the address is suppressed already.
    public func add(addressHash: String, reason: String, at now: Date) async throws {
        _ = try await driver.write { sql in
            try sql.execute(
                """
                INSERT INTO suppressions (address_hash, reason, created_at) VALUES ($1, $2, $3)
                ON CONFLICT (address_hash) DO NOTHING
                """, [addressHash, reason, now.milliseconds])
        }
    }

    /// Why the address is suppressed, or nil where it is not.
    public func reason(addressHash: String) async throws -> String? {
        try await driver.read { sql in
            try sql.row("SELECT reason FROM suppressions WHERE address_hash = $1", [addressHash])?.text("reason")
        }
    }

    public func remove(addressHash: String) async throws -> Bool {
        try await driver.write { sql in
            try sql.execute("DELETE FROM suppressions WHERE address_hash = $1", [addressHash]) > 0
        }
    }
}
