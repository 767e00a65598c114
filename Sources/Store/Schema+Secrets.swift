extension Schema {
    /// What a secret stands on is random and never a number alone, and numbers of rows that are gone never come again.
    ///
    /// SQLite gives the highest number out again once its row is deleted, unless the key says AUTOINCREMENT, which only a
    /// new table can. Every link and every Message-ID that was made before is void: it stands on a number.
    static func secrets(_ sql: any SQLConnection) throws {
        if sql.dialect.reusesNumbers {
            for table in StoredTable.all where table.isNumbered { try rebuild(table.name, sql) }
        }
        try sql.execute("ALTER TABLE deliveries ADD COLUMN nonce BIGINT NOT NULL DEFAULT 0")
        // Unpredictable is not asked for here: links and return addresses are authenticated by the site's key.
        try sql.execute("UPDATE subscribers SET token_epoch = \(sql.dialect.random)")
        try sql.execute("UPDATE deliveries SET nonce = \(sql.dialect.random)")
        try sql.execute(sql.dialect.definition(preferenceLinks))
    }

    /// When a link to preferences was last used, by the day on which it was made; both in days since 1970 (UTC).
    private static let preferenceLinks = """
        CREATE TABLE preference_links (
            subscriber_id BIGINT NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
            made_on BIGINT NOT NULL,
            used_on BIGINT NOT NULL,
            PRIMARY KEY (subscriber_id, made_on)
        )
        """

    /// Makes a table anew with AUTOINCREMENT; to be called while foreign keys are not enforced.
    private static func rebuild(_ table: String, _ sql: any SQLConnection) throws {
        let indexes = try sql.rows(
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL ORDER BY name",
            [table]
        ).map { try $0.need("sql") }
        guard
            let definition = try sql.row(
                "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = $1", [table])?.need("sql"),
            let columns = definition.firstIndex(of: "(")
        else { throw StoreError(.damaged, "the table \(table) is missing", mend: "restore the last backup") }
        let key = "INTEGER PRIMARY KEY"
        try sql.execute(
            "CREATE TABLE \(table)_anew "
                + definition[columns...].replacing(key, with: "\(key) AUTOINCREMENT", maxReplacements: 1))
        try sql.execute("INSERT INTO \(table)_anew SELECT * FROM \(table)")
        try sql.execute("DROP TABLE \(table)")
        try sql.execute("ALTER TABLE \(table)_anew RENAME TO \(table)")
        for index in indexes { try sql.execute(index) }
    }
}
