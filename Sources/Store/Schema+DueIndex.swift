extension Schema {
    /// A whole site's readers are often due at one moment. Without `id` in the index PostgreSQL would sort all of them anew
    /// for each batch; SQLite has it in every index.
    @Sendable static func dueIndex(_ dialect: Dialect) -> [String] {
        [
            "DROP INDEX subscribers_due",
            "CREATE INDEX subscribers_due ON subscribers (state, next_digest_at, id)",
        ]
    }
}
