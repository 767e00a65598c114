extension Schema {
    /// The operator's sessions that are open. A row holds a hash of a session's number, so that who reads the database gets
    /// no cookie from it.
    @Sendable static func adminSessions(_ dialect: Dialect) -> [String] {
        [
            "CREATE TABLE admin_sessions (session_hash TEXT PRIMARY KEY, expires_at BIGINT NOT NULL)"
        ]
    }
}
