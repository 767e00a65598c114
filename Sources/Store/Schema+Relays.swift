extension Schema {
    /// What was learnt of each mail server, by its address and what it names itself.
    @Sendable static func relays(_ dialect: Dialect) -> [String] {
        [
            """
            CREATE TABLE relays (
                address TEXT NOT NULL,
                identity TEXT NOT NULL,
                pipelining TEXT,
                reason TEXT,
                pipelining_at BIGINT,
                message_limit BIGINT,
                limit_at BIGINT,
                PRIMARY KEY (address, identity)
            )
            """
        ]
    }
}
