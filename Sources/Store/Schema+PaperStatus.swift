import Papers

extension Schema {
    /// What became of a paper, and when its text last changed. Identifiers that are read more widely than before (addresses
    /// with `utm_…`, DOIs of versions) are stored under their new keys, or papers that are known would come as news.
    @Sendable static func paperStatus(_ sql: any SQLConnection) throws {
        for statement in [
            "ALTER TABLE papers ADD COLUMN status TEXT", "ALTER TABLE papers ADD COLUMN revised_at BIGINT",
        ] {
            try sql.execute(sql.dialect.definition(statement))
        }
        try PaperKeys(sql: sql).renew()
    }
}

/// The keys of papers as this program reads them, inside the caller's transaction.
struct PaperKeys {
    let sql: any SQLConnection

    /// Gives every stored key its form of today. Papers whose keys turn out to be one are one, the older of them.
    func renew() throws {
        for (key, new) in try changed("SELECT DISTINCT link AS key FROM paper_links") {
            try sql.execute(
                """
                INSERT INTO paper_links (link, paper_seq) SELECT $2, paper_seq FROM paper_links WHERE link = $1
                ON CONFLICT (link, paper_seq) DO NOTHING
                """, [key, new])
            try sql.execute("DELETE FROM paper_links WHERE link = $1", [key])
        }
        for (key, new) in try changed("SELECT DISTINCT entry_key AS key FROM sightings") {
            try sql.execute(
                """
                UPDATE sightings SET entry_key = $2
                WHERE entry_key = $1 AND feed NOT IN (SELECT feed FROM sightings WHERE entry_key = $2)
                """, [key, new])
            // The same feed's word about both forms: the one of the new key stays.
            try sql.execute("DELETE FROM sightings WHERE entry_key = $1", [key])
        }
        for (key, new) in try changed("SELECT paper_key AS key FROM papers WHERE merged_into IS NULL ORDER BY seq") {
            guard let row = try sql.row("SELECT seq FROM papers WHERE paper_key = $1", [key]) else { continue }
            let seq = try row.number("seq")
            if let other = try sql.row("SELECT seq FROM papers WHERE paper_key = $1", [new]) {
                let pair = [seq, try other.number("seq")].sorted()
                try sql.execute("UPDATE sightings SET paper_seq = $1 WHERE paper_seq = $2", [pair[0], pair[1]])
                try sql.execute(
                    """
                    INSERT INTO paper_links (link, paper_seq) SELECT link, $1 FROM paper_links WHERE paper_seq = $2
                    ON CONFLICT (link, paper_seq) DO NOTHING
                    """, pair)
                try PaperMerge(sql: sql).absorb(pair[1], into: pair[0])
                try sql.execute("UPDATE papers SET paper_key = $2 WHERE seq = $1", [pair[0], new])
            } else {
                try sql.execute("UPDATE papers SET paper_key = $2 WHERE seq = $1", [seq, new])
            }
        }
    }

    /// Keys that a query finds and that are written otherwise today, with their new form.
    private func changed(_ query: String) throws -> [(String, String)] {
        try sql.rows(query, []).compactMap { row in
            let key = try row.need("key")
            guard key.hasPrefix("url:") || key.hasPrefix("doi:") else { return nil }
            // A DOI in an address counts as a DOI now, so the scheme may change too.
            let value = String(key.dropFirst(4))
            guard let new = (PaperID(key: key) ?? PaperID(parsing: value))?.key, new != key else { return nil }
            return (key, new)
        }
    }
}
