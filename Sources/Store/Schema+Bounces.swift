extension Schema {
    /// Mail that came back: at most one bounce or complaint for each delivery.
    @Sendable static func bounces(_ dialect: Dialect) -> [String] {
        [
            """
            CREATE TABLE bounces (
                delivery_id BIGINT PRIMARY KEY REFERENCES deliveries (id) ON DELETE CASCADE,
                subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
                fault TEXT NOT NULL,
                diagnostic TEXT NOT NULL,
                source TEXT NOT NULL,
                received_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX bounces_subscriber ON bounces (subscriber_id, delivery_id)",
        ]
    }
}
