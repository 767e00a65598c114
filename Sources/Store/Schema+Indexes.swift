extension Schema {
    /// Indexes of the few rows that are asked for every second among the many that are not. One over all of `merged_into`,
    /// which nearly always is empty, would be taken for a way to all papers.
    @Sendable static func smallIndexes(_ dialect: Dialect) -> [String] {
        [
            "DROP INDEX papers_merged",
            "CREATE INDEX papers_merged ON papers (merged_into) WHERE merged_into IS NOT NULL",
            "CREATE INDEX deliveries_claims ON deliveries (claimed_by) WHERE claimed_by IS NOT NULL",
        ]
    }
}
