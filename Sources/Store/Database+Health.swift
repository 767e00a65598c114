extension Database {
    /// The schema version that this program writes.
    public static var currentSchemaVersion: Int64 { Schema.current }

    /// The schema version the database is at; 0 where it is empty. Nothing is changed.
    ///
    /// - Throws: ``StoreError`` where the database does not answer.
    public func schemaVersion() async throws -> Int64 { try await driver.schemaVersion() }

    /// The same, for who cannot wait for a server that has gone or is frozen.
    ///
    /// - Returns: nil where it takes longer to be told.
    /// - Throws: ``StoreError``.
    public func schemaVersion(within limit: Duration) async throws -> Int64? {
        try await Task { try await schemaVersion() }.value(within: limit)
    }

    /// Refuses a database whose schema is not the one that this program reads. Nothing is changed.
    ///
    /// - Returns: false for an empty one.
    /// - Throws: ``StoreError``.
    public func requireCurrentSchema() async throws -> Bool { try await requireSchema(Schema.current) }

    /// The same of a program that reads another version.
    func requireSchema(_ current: Int64) async throws -> Bool {
        let version = try await Migrator(driver: driver).version()
        guard version > 0 else { return false }
        guard version == current else {
            throw StoreError(
                .older, "the database has schema version \(version), this program reads \(current)",
                mend: "run `broadsheet migrate`, after a backup; a command that only reads changes nothing")
        }
        return true
    }

    /// Sees whether the database answers; of a server's, whether a change is made to last, with its synchronous standbys.
    ///
    /// - Throws: ``StoreError`` that says what is waited for, where that takes longer than a few seconds.
    public func probe(within limit: Duration = .seconds(4)) async throws { try await driver.probe(within: limit) }

    /// How often this process has found that another server, or another timeline, has come to stand behind the address.
    public var failovers: Int { driver.failovers }
}
