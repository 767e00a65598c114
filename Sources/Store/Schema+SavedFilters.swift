extension Schema {
    /// Which filters anybody reads by, each text once, so that who keeps them compiled learns of changes only.
    ///
    /// A filter's number and a removal's come from one counter, in the order in which they were committed. Of a removed
    /// filter only its number stays, since its text was somebody's.
    @Sendable static func savedFilters(_ dialect: Dialect) -> [String] {
        [
            "CREATE TABLE saved_filters (number BIGINT PRIMARY KEY, text TEXT NOT NULL UNIQUE, readers BIGINT NOT NULL)",
            "CREATE TABLE removed_filters (number BIGINT PRIMARY KEY, filter BIGINT NOT NULL)",
            """
            INSERT INTO saved_filters (number, text, readers)
            SELECT min(id), value, count(*) FROM subscriptions WHERE kind = 'filter' GROUP BY value
            """,
            """
            INSERT INTO counters (name, value) SELECT 'filter', coalesce(max(number), 0) FROM saved_filters
            """,
        ]
    }
}
