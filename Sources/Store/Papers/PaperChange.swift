/// Numbers the changes of what readers see, inside the caller's transaction.
struct PaperChange {
    let sql: any SQLConnection

    /// Says that a paper is not what it was.
    func note(_ seq: Int64) throws {
        try sql.execute("UPDATE papers SET changed = $2 WHERE seq = $1", [seq, try next()])
    }

    /// A number that was never given before.
    func next() throws -> Int64 {
        let row = try sql.row("UPDATE counters SET value = value + 1 WHERE name = 'change' RETURNING value")
        guard let row else {
            throw StoreError(.damaged, "the counter of changes is missing", mend: "restore the last backup")
        }
        return try row.number("value")
    }
}
