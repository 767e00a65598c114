extension Schema {
    /// What a reader's mail asks to add to what they get, as JSON, until its link has ended: the box on the page was filled in
    /// with the address of a subscription.
    @Sendable static func additions(_ dialect: Dialect) -> [String] {
        [
            "ALTER TABLE deliveries ADD COLUMN asked TEXT",
            "CREATE INDEX deliveries_asked ON deliveries (created_at) WHERE asked IS NOT NULL",
        ]
    }
}
