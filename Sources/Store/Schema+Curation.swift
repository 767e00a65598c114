extension Schema {
    /// Sightings stand for themselves: a feed's word about one identifier, of whichever paper that turns out to be. The keys
    /// by which papers may be linked are kept beside, and a paper that was found to be another points to it.
    ///
    /// A pinned paper has `pinned_at`; its note may be empty.
    @Sendable static func curation(_ dialect: Dialect) -> [String] {
        [
            "ALTER TABLE papers ADD COLUMN merged_into BIGINT",
            "ALTER TABLE papers ADD COLUMN hidden BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE papers ADD COLUMN pinned_at BIGINT",
            "ALTER TABLE papers ADD COLUMN pin_note TEXT",
            "CREATE INDEX papers_merged ON papers (merged_into)",
            """
            CREATE TABLE paper_links (
                link TEXT NOT NULL,
                paper_seq BIGINT NOT NULL REFERENCES papers (seq) ON DELETE CASCADE,
                PRIMARY KEY (link, paper_seq)
            )
            """,
            "CREATE INDEX paper_links_paper ON paper_links (paper_seq)",
            "INSERT INTO paper_links (link, paper_seq) SELECT paper_key, seq FROM papers",
            """
            INSERT INTO paper_links (link, paper_seq)
            SELECT 'doi:' || lower(doi), seq FROM papers
            WHERE doi IS NOT NULL AND 'doi:' || lower(doi) <> paper_key
            """,
            """
            CREATE TABLE sightings_by_id (
                entry_key TEXT NOT NULL,
                feed TEXT NOT NULL,
                paper_seq BIGINT NOT NULL REFERENCES papers (seq) ON DELETE CASCADE,
                trust BIGINT NOT NULL,
                seen_at BIGINT NOT NULL,
                entry TEXT NOT NULL,
                PRIMARY KEY (entry_key, feed)
            )
            """,
            """
            INSERT INTO sightings_by_id (entry_key, feed, paper_seq, trust, seen_at, entry)
            SELECT p.paper_key, s.feed, s.paper_seq, s.trust, s.seen_at, s.entry
            FROM sightings s JOIN papers p ON p.seq = s.paper_seq
            """,
            "DROP TABLE sightings",
            "ALTER TABLE sightings_by_id RENAME TO sightings",
            "CREATE INDEX sightings_paper ON sightings (paper_seq)",
        ]
    }
}
