extension Schema {
    /// Whose fault refusals are: which domain each concerned and what was said, what it counts where that is not what its
    /// fault counts, and what it ended, so that it can be taken back; and who refuses everybody, and takes which sizes.
    @Sendable static func breakers(_ dialect: Dialect) -> [String] {
        [
            "ALTER TABLE bounces ADD COLUMN domain TEXT",
            "ALTER TABLE bounces ADD COLUMN words TEXT",
            "ALTER TABLE bounces ADD COLUMN tenths BIGINT",
            "ALTER TABLE bounces ADD COLUMN stopped_from TEXT",
            "ALTER TABLE bounces ADD COLUMN address_hash TEXT",
            "CREATE INDEX bounces_domain ON bounces (domain, received_at)",
            "CREATE INDEX bounces_received ON bounces (received_at)",
            "CREATE INDEX bounces_words ON bounces (words, received_at)",
            "CREATE INDEX subscribers_domain ON subscribers ((\(dialect.domain("address_key"))))",
            """
            CREATE TABLE breakers (
                scope TEXT NOT NULL,
                name TEXT NOT NULL,
                kind TEXT NOT NULL,
                said TEXT NOT NULL,
                source TEXT NOT NULL,
                holds BIGINT NOT NULL,
                readers BIGINT NOT NULL,
                opened_at BIGINT NOT NULL,
                refused_at BIGINT NOT NULL,
                probe_at BIGINT NOT NULL,
                probed_at BIGINT,
                failures BIGINT NOT NULL,
                closed_at BIGINT,
                told BIGINT NOT NULL DEFAULT 0,
                PRIMARY KEY (scope, name, kind)
            )
            """,
            "CREATE TABLE message_limits (party TEXT PRIMARY KEY, bytes BIGINT NOT NULL, learnt_at BIGINT NOT NULL)",
        ]
    }
}
