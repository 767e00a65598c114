extension Database {
    /// The schema version that this program writes.
    public static var currentSchemaVersion: Int64 { Schema.current }

    /// The schema version the database is at; 0 where it is empty. Nothing is changed.
    ///
    /// - Throws: ``StoreError`` where the database does not answer.
    public func schemaVersion() async throws -> Int64 {
        do {
            return try await driver.read { sql in
                try sql.row("SELECT max(version) AS version FROM migrations")?.integer("version") ?? 0
            }
        } catch let error as StoreError where error.kind == .other {
            return 0  // no such table
        }
    }
}
