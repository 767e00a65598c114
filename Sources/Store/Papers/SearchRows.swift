import Filters
import Papers

/// Keeps the index of the search in step with the papers, inside the caller's transaction.
struct SearchRows {
    let sql: any SQLConnection

    /// Writes the words of a paper where they are not there already.
    func store(_ text: SearchText, of seq: Int64) throws {
        try sql.execute(
            """
            INSERT INTO search_texts (place, paper_seq, title, body, names, extra)
            SELECT surfaced_seq, seq, CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS TEXT)
            FROM papers WHERE seq = $1
            ON CONFLICT (paper_seq) DO UPDATE SET place = excluded.place, title = excluded.title, body = excluded.body,
                names = excluded.names, extra = excluded.extra
            WHERE search_texts.place <> excluded.place OR search_texts.title <> excluded.title
                OR search_texts.body <> excluded.body OR search_texts.names <> excluded.names
                OR search_texts.extra <> excluded.extra
            """, [seq, text.title, text.body, text.names, text.extra])
    }

    /// Follows a paper that became news once more.
    func move(_ seq: Int64) throws {
        try sql.execute(
            """
            UPDATE search_texts SET place = (SELECT surfaced_seq FROM papers WHERE seq = $1)
            WHERE paper_seq = $1 AND place <> (SELECT surfaced_seq FROM papers WHERE seq = $1)
            """, [seq])
    }

    /// Forgets a paper that turned out to be another.
    func remove(_ seq: Int64) throws { try sql.execute("DELETE FROM search_texts WHERE paper_seq = $1", [seq]) }
}
