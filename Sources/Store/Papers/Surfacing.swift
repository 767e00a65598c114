import Foundation

/// How papers become news, inside the caller's transaction.
struct Surfacing {
    let sql: any SQLConnection

    /// A number that was never given before.
    func nextSeq() throws -> Int64 {
        let row = try sql.row("UPDATE counters SET value = value + 1 WHERE name = 'paper' RETURNING value")
        guard let row else {
            throw StoreError(.damaged, "the counter of papers is missing", mend: "restore the last backup")
        }
        return try row.number("value")
    }

    /// Marks a paper as listed by a curator; it becomes news once more where it was not listed before.
    func curate(_ seq: Int64, at now: Date) throws {
        let row = try sql.row("SELECT curated FROM papers WHERE seq = $1", [seq])
        guard let row, try !row.flag("curated") else { return }
        try surface(seq, at: now)
    }

    /// The order of a paper that was news before this installation saw it: behind all that is news here, and below 0, so that
    /// no reader's next mail brings it.
    static func past(_ seq: Int64) -> Int64 { seq - 1 << 40 }

    /// Marks a paper as listed by a curator on a past day, where it is shown from now on unless it was news later.
    func list(_ seq: Int64, onPast day: Date) throws {
        let changed = try sql.execute(
            """
            UPDATE papers SET curated = 1, surfaced_at = CASE WHEN surfaced_at < $2 OR surfaced_seq < 0 THEN $2
                ELSE surfaced_at END
            WHERE seq = $1 AND curated = 0
            """, [seq, day.milliseconds])
        if changed > 0 { try PaperChange(sql: sql).note(seq) }
    }

    /// Makes a paper news that was known of a past day only.
    func announce(_ seq: Int64, at now: Date) throws {
        let row = try sql.row("SELECT surfaced_seq FROM papers WHERE seq = $1 AND surfaced_seq < 0", [seq])
        guard row != nil else { return }
        try sql.execute(
            "UPDATE papers SET surfaced_seq = $2, surfaced_at = $3 WHERE seq = $1",
            [seq, try nextSeq(), now.milliseconds])
        try SearchRows(sql: sql).move(seq)
        try PaperChange(sql: sql).note(seq)
    }

    /// Makes a paper news of this moment.
    func surface(_ seq: Int64, at now: Date) throws {
        try sql.execute(
            "UPDATE papers SET curated = 1, surfaced_seq = $2, surfaced_at = $3 WHERE seq = $1",
            [seq, try nextSeq(), now.milliseconds])
        try SearchRows(sql: sql).move(seq)
        try PaperChange(sql: sql).note(seq)
    }
}

/// Two rows that turned out to be one paper, inside the caller's transaction.
struct PaperMerge {
    let sql: any SQLConnection

    /// The older row takes over what the editor and the curators said of the other, which points to it from now on.
    func absorb(_ old: Int64, into seq: Int64) throws {
        try sql.execute(
            """
            UPDATE papers SET
                surfaced_seq = (SELECT max(surfaced_seq) FROM papers o WHERE o.seq IN ($1, $2)),
                surfaced_at = (SELECT max(surfaced_at) FROM papers o WHERE o.seq IN ($1, $2)), curated = 1
            WHERE seq = $1 AND curated = 0 AND (SELECT curated FROM papers o WHERE o.seq = $2) = 1
            """, [seq, old])
        // What was of a past day and is news as the other is news.
        try sql.execute(
            """
            UPDATE papers SET
                surfaced_at = (SELECT surfaced_at FROM papers o WHERE o.seq = $2),
                surfaced_seq = (SELECT surfaced_seq FROM papers o WHERE o.seq = $2)
            WHERE seq = $1 AND surfaced_seq < 0 AND (SELECT surfaced_seq FROM papers o WHERE o.seq = $2) >= 0
            """, [seq, old])
        try sql.execute(
            """
            UPDATE papers SET hidden = (SELECT max(hidden) FROM papers o WHERE o.seq IN ($1, $2)),
                first_seen_at = (SELECT min(first_seen_at) FROM papers o WHERE o.seq IN ($1, $2)),
                pin_note = CASE WHEN pinned_at IS NULL THEN (SELECT pin_note FROM papers o WHERE o.seq = $2)
                    ELSE pin_note END,
                pinned_at = coalesce(pinned_at, (SELECT pinned_at FROM papers o WHERE o.seq = $2))
            WHERE seq = $1
            """, [seq, old])
        try sql.execute("DELETE FROM paper_links WHERE paper_seq = $1", [old])
        try SearchRows(sql: sql).remove(old)
        try SearchRows(sql: sql).move(seq)
        try sql.execute("UPDATE papers SET merged_into = $1 WHERE merged_into = $2", [seq, old])
        try sql.execute(
            "UPDATE papers SET merged_into = $1, paper_key = 'merged:' || CAST(seq AS TEXT) WHERE seq = $2", [seq, old])
        try PaperChange(sql: sql).note(seq)
    }
}
