extension Schema {
    /// What readers said of papers, and whether they want to see beyond what they asked for.
    @Sendable static func taste(_ dialect: Dialect) -> [String] {
        [
            "ALTER TABLE subscribers ADD COLUMN beyond BIGINT NOT NULL DEFAULT 0",
            """
            CREATE TABLE marks (
                subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
                paper_seq BIGINT NOT NULL REFERENCES papers (seq) ON DELETE CASCADE,
                liked BIGINT NOT NULL,
                marked_at BIGINT NOT NULL,
                PRIMARY KEY (subscriber_id, paper_seq)
            )
            """,
            "CREATE INDEX marks_paper ON marks (paper_seq)",
        ]
    }
}
