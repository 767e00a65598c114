extension Schema {
    /// What happened on each day (UTC, counted from 1970), in sums that nobody has to gather from millions of rows and that
    /// stay when old deliveries go.
    @Sendable static func dailyCounts(_ dialect: Dialect) -> [String] {
        [
            """
            CREATE TABLE daily_counts (
                day BIGINT NOT NULL,
                name TEXT NOT NULL,
                count BIGINT NOT NULL,
                PRIMARY KEY (day, name)
            )
            """,
            "CREATE INDEX consent_log_at ON consent_log (at, event)",
        ]
    }
}
