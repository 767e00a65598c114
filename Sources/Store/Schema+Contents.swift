extension Schema {
    /// What a digest holds is stored once for all who get the same of one morning, so that the rows of the ledger, which are
    /// written three times each, stay short.
    ///
    /// Rows of older programs keep theirs in `deliveries.contents`, which is empty otherwise.
    @Sendable static func contents(_ dialect: Dialect) -> [String] {
        [
            "CREATE TABLE digest_contents (contents_key TEXT PRIMARY KEY, contents TEXT NOT NULL)",
            "ALTER TABLE deliveries ADD COLUMN contents_key TEXT",
            // Tells what nobody's row names any longer.
            "CREATE INDEX deliveries_contents ON deliveries (contents_key) WHERE contents_key IS NOT NULL",
        ]
    }
}
