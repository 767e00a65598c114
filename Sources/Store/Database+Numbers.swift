import Foundation

extension Database {
    /// Lets every number that rows and papers are given begin far beyond those this database knows of, because it may have
    /// given out more: a backup that was put back, or a standby that lagged, does not know what came after it, and links
    /// in mails (`&paper=…`) and the operator's lists name things by number.
    ///
    /// - Throws: ``StoreError``.
    public func skipNumbers() async throws {
        try await driver.write(.all) { sql in try NumberSkip.all(sql) }
        try await acceptGeneration()
    }

    private static let lineageKey = "server.lineage"
    private static let failoverKey = "server.failover"

    /// Sees whether the server has failed over since the database was last looked at, and lets numbers begin further on
    /// then. Of several processes that ask, one is told.
    ///
    /// - Returns: whether it has.
    /// - Throws: ``StoreError``.
    public func noticeFailover(at now: Date) async throws -> Bool {
        guard driver.isShared else { return false }
        let known = try await installation.value(Self.lineageKey)
        guard let lineage = driver.lineage, lineage != known else { return false }
        return try await driver.write(.all) { sql in
            let row = try sql.row("SELECT value FROM installation WHERE name = $1", [Self.lineageKey])
            let known = try row?.text("value")
            guard lineage != known else { return false }
            try InstallationStore.set(Self.lineageKey, lineage, sql)
            guard known != nil else { return false }
            try NumberSkip.all(sql)
            try InstallationStore.set(Self.failoverKey, String(now.milliseconds), sql)
            return true
        }
    }

    /// When the server's last fail-over was noticed; nil where none was.
    public func lastFailover() async throws -> Date? {
        try await installation.value(Self.failoverKey).flatMap { Int64($0) }.map(Date.init(milliseconds:))
    }
}

enum NumberSkip {
    /// More than an installation gives out between two backups; with 63 bits there is room for billions of times.
    static let count: Int64 = 10_000_000

    static func all(_ sql: any SQLConnection) throws {
        try rows(sql)
        try sql.execute("UPDATE counters SET value = value + $1", [count])
    }

    static func rows(_ sql: any SQLConnection) throws {
        for table in StoredTable.all where table.isNumbered {
            for statement in sql.dialect.skipNumbers(table.name, count) { _ = try sql.rows(statement) }
        }
    }
}
