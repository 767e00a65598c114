extension Database {
    /// Lets every number that rows and papers are given begin far beyond those this database knows of, because it may have
    /// given out more: a backup that was put back, or a standby that lagged, does not know what came after it, and links
    /// in mails (`&paper=…`) and the operator's lists name things by number.
    ///
    /// - Throws: ``StoreError``.
    public func skipNumbers() async throws {
        try await driver.write(.all) { sql in
            try NumberSkip.rows(sql)
            try sql.execute("UPDATE counters SET value = value + $1", [NumberSkip.count])
        }
    }
}

enum NumberSkip {
    /// More than an installation gives out between two backups; with 63 bits there is room for billions of times.
    static let count: Int64 = 10_000_000

    static func rows(_ sql: any SQLConnection) throws {
        for table in StoredTable.all where table.isNumbered {
            for statement in sql.dialect.skipNumbers(table.name, count) { _ = try sql.rows(statement) }
        }
    }
}
