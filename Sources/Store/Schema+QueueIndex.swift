extension Schema {
    /// For a condition with `IN`, SQLite builds a list of the states anew for each row that it writes.
    @Sendable static func queueIndex(_ dialect: Dialect) -> [String] {
        [
            "DROP INDEX deliveries_queue",
            "CREATE INDEX deliveries_queue ON deliveries (next_attempt_at, id) WHERE \(DeliveryRows.waits)",
        ]
    }
}
