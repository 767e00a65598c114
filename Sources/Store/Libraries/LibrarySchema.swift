/// Version 3: readers' own libraries.
///
/// `link_keys` has the keys by which a stored paper is the same, `same_keys` those by which two entries are one, one a line.
/// An entry that is no stored paper is looked up again now and then, since feeds bring papers later: `looked_at` says when it was last.
/// `weighs` marks the newest of each reader, by which their profile is made, so that these are found without reading the rest.
enum LibrarySchema {
    static func apply(_ sql: any SQLConnection) throws {
        try sql.execute(
            sql.dialect.definition(
                """
                CREATE TABLE library_entries (
                    id \(sql.dialect.identity),
                    subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
                    paper_seq BIGINT REFERENCES papers (seq) ON DELETE SET NULL,
                    title TEXT NOT NULL,
                    authors TEXT NOT NULL,
                    abstract TEXT NOT NULL,
                    keywords TEXT NOT NULL,
                    year BIGINT,
                    ids TEXT NOT NULL,
                    link_keys TEXT NOT NULL,
                    same_keys TEXT NOT NULL,
                    weighs BIGINT NOT NULL DEFAULT 0,
                    added_at BIGINT NOT NULL,
                    looked_at BIGINT NOT NULL
                )
                """))
        for index in [
            "library_entries_reader ON library_entries (subscriber_id, id)",
            "library_entries_weighing ON library_entries (subscriber_id) WHERE weighs = 1",
            "library_entries_paper ON library_entries (paper_seq) WHERE paper_seq IS NOT NULL",
            "library_entries_looked ON library_entries (looked_at) WHERE paper_seq IS NULL",
        ] {
            try sql.execute("CREATE INDEX \(index)")
        }
    }
}
