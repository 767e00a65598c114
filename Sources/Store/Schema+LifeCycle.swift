extension Schema {
    /// How a subscription pauses until a day, ends and comes back, and mail to an address that is not the subscriber's.
    @Sendable static func lifeCycle(_ dialect: Dialect) -> [String] {
        [
            "ALTER TABLE subscribers ADD COLUMN resume_at BIGINT",
            "ALTER TABLE subscribers ADD COLUMN left_from TEXT",
            "ALTER TABLE subscribers ADD COLUMN left_at BIGINT",
            "CREATE INDEX subscribers_resume ON subscribers (resume_at) WHERE state = 'paused' AND resume_at IS NOT NULL",
            "ALTER TABLE deliveries ADD COLUMN recipient TEXT",
            "ALTER TABLE deliveries ADD COLUMN recipient_key TEXT",
            "CREATE INDEX deliveries_recipient ON deliveries (recipient_key) WHERE recipient_key IS NOT NULL",
            """
            CREATE TABLE leaving_reasons (
                subscriber_id BIGINT PRIMARY KEY REFERENCES subscribers (id) ON DELETE CASCADE,
                reason TEXT NOT NULL,
                words TEXT NOT NULL,
                given_at BIGINT NOT NULL
            )
            """,
        ]
    }
}
