extension Schema {
    /// Each paper's last change has a number, from one counter, so that who keeps something made of papers learns what is
    /// out of date, also by what another process wrote.
    @Sendable static func changes(_ dialect: Dialect) -> [String] {
        [
            "ALTER TABLE papers ADD COLUMN changed BIGINT NOT NULL DEFAULT 0",
            "CREATE INDEX papers_changed ON papers (changed)",
            "INSERT INTO counters (name, value) VALUES ('change', 0)",
        ]
    }
}
