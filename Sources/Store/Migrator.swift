import Foundation

/// Brings a database to the version this program writes, in one transaction, beside which no other process migrates or
/// writes what it reads.
struct Migrator: Sendable {
    let driver: any DatabaseDriver

    /// - Returns: the versions that were applied now; empty where the database was up to date.
    /// - Throws: ``StoreError`` of kind `newer` for a database that a newer program wrote; it is left as it is.
    func run(now: Date) async throws -> [Int64] {
        if try await version() == Schema.current { return [] }
        return try await driver.migrate { sql in
            try sql.execute(
                "CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY, applied_at BIGINT NOT NULL)")
            let version = try sql.row("SELECT max(version) AS version FROM schema_versions")?.integer("version") ?? 0
            try Self.refuseNewer(version)
            var applied: [Int64] = []
            for migration in Schema.migrations where migration.version > version {
                try migration.work(sql)
                try sql.execute(
                    "INSERT INTO schema_versions (version, applied_at) VALUES ($1, $2)",
                    [migration.version, now.milliseconds])
                applied.append(migration.version)
            }
            return applied
        }
    }

    /// The version the database is at; 0 where it is empty. A newer one than this program knows is refused.
    func version() async throws -> Int64 {
        let version = try await driver.schemaVersion()
        try Self.refuseNewer(version)
        return version
    }

    private static func refuseNewer(_ version: Int64) throws {
        guard version > Schema.current else { return }
        throw StoreError(
            .newer, "the database has schema version \(version), this program knows up to \(Schema.current)",
            mend: "install the newer broadsheet again, or restore a backup from before the upgrade")
    }
}

extension DatabaseDriver {
    /// The schema version the database is at; 0 where it is empty.
    func schemaVersion() async throws -> Int64 {
        try await read { sql in
            let tables = Set(try sql.rows(sql.dialect.tables).map { try $0.need("name") })
            guard tables.contains("schema_versions") else {
                if tables.isSuperset(of: StoreError.tablesBeforeRelease) { throw StoreError.beforeRelease }
                return 0
            }
            return try sql.row("SELECT max(version) AS version FROM schema_versions")?.integer("version") ?? 0
        }
    }
}
