/// Values that belong to the installation as a whole, by name.
public struct InstallationStore: Sendable {
    let driver: any DatabaseDriver

    /// Stores a value in place of the one there is.
    public func set(_ name: String, _ value: String) async throws {
        try await driver.write(.site) { sql in try Self.set(name, value, sql) }
    }

    static func set(_ name: String, _ value: String, _ sql: any SQLConnection) throws {
        try sql.execute(
            """
            INSERT INTO installation (name, value) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """, [name, value])
    }

    /// The stored value; nil where there is none.
    public func value(_ name: String) async throws -> String? {
        try await driver.read { sql in
            try sql.row("SELECT value FROM installation WHERE name = $1", [name])?.text("value")
        }
    }

    /// The stored value, or `made`, stored now, where there was none. Two processes that start together agree.
    public func value(_ name: String, orStore made: String) async throws -> String {
        if let known = try await value(name) { return known }
        return try await driver.write(.site) { sql in
            try sql.execute(
                "INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", [name, made])
            return try sql.row("SELECT value FROM installation WHERE name = $1", [name])?.text("value") ?? made
        }
    }
}
