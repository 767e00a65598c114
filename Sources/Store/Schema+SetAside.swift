extension Schema {
    /// Mails to the bounce address whose reading was begun, by hash; those with a reason are not read again.
    @Sendable static func setAside(_ dialect: Dialect) -> [String] {
        [
            """
            CREATE TABLE set_aside (
                mail TEXT PRIMARY KEY,
                tries BIGINT NOT NULL,
                reason TEXT,
                begun_at BIGINT NOT NULL
            )
            """
        ]
    }
}
