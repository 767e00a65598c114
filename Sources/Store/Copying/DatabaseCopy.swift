import Foundation

/// Copies all rows of one database into another that is empty, from one consistent state, in one transaction.
public struct DatabaseCopy: Sendable {
    private let source: Database
    private let target: Database

    /// How many rows are read at once, and how many are written by one statement.
    private static let batch = 50

    /// - Parameter target: has the schema of this program's version already.
    public init(from source: Database, to target: Database) {
        self.source = source
        self.target = target
    }

    /// What the reader hands to the writer.
    private enum Piece: Sendable {
        /// How many rows there are in all.
        case outlook(Int)
        case rows(StoredTable, [SQLRow])
        /// The table's rows have all been handed over, and were so many.
        case end(StoredTable, Int)
    }

    /// - Parameter progress: told the table, how many rows have been written and how many there are in all.
    /// - Returns: how many rows each table has, in the order in which they were copied.
    /// - Throws: ``StoreError`` of kind `newer` or `other` where a schema is not of this version, `conflict` where the target
    ///   holds rows; then, as after every failure, the target is as it was.
    public func run(
        progress: @escaping @Sendable (_ table: String, _ rows: Int, _ all: Int) -> Void = { _, _, _ in }
    ) async throws -> [(table: String, rows: Int)] {
        try await check(source, "copied from")
        try await check(target, "copied to")
        let pieces = Handover<Piece>()
        async let reading: Void = read(into: pieces)
        let counts: [(table: String, rows: Int)]
        do {
            counts = try await target.driver.write(.all) { sql in
                try pieces.take { next in try Self.write(sql, next, progress) }
            }
        } catch {
            pieces.fail(error)
            // Where the reader failed first, its reason is the one to tell.
            try await reading
            throw error
        }
        try await reading
        try await target.driver.analyse(counts.map(\.table))
        return counts
    }

    private func check(_ database: Database, _ role: String) async throws {
        let version = try await Migrator(driver: database.driver).version()
        guard version == Schema.current else {
            throw StoreError(
                .other,
                "the database to be \(role) has schema version \(version), and this program writes \(Schema.current)",
                mend: "run `broadsheet migrate` with its address first")
        }
    }

    private func read(into pieces: Handover<Piece>) async throws {
        do {
            try await source.driver.read { sql in try pieces.give { hand in try Self.read(sql, hand) } }
        } catch {
            pieces.fail(error)
            throw error
        }
    }

    private static func read(_ sql: any SQLConnection, _ hand: (Piece) throws -> Void) throws {
        var counts: [Int] = []
        for table in StoredTable.all { counts.append(try count(table, sql)) }
        try hand(.outlook(counts.reduce(0, +)))
        for (table, count) in zip(StoredTable.all, counts) {
            var rows = try sql.rows(table.query(after: false, limit: batch))
            while let last = rows.last {
                try hand(.rows(table, rows))
                rows = try sql.rows(
                    table.query(after: true, limit: batch), try table.key.map { try last.value($0) })
            }
            try hand(.end(table, count))
        }
    }

    private static func write(
        _ sql: any SQLConnection, _ next: () throws -> Piece?, _ progress: (String, Int, Int) -> Void
    ) throws -> [(table: String, rows: Int)] {
        try refuseRows(sql)
        try sql.execute("DELETE FROM counters")
        var (written, all) = (0, 0)
        var counts: [(table: String, rows: Int)] = []
        while let piece = try next() {
            switch piece {
            case .outlook(let rows): all = rows
            case .rows(let table, let rows):
                try insert(rows, table, sql)
                written += rows.count
                progress(table.name, written, all)
            case .end(let table, let expected):
                let rows = try count(table, sql)
                guard rows == expected else {
                    throw StoreError(
                        .other, "of the table \(table.name) \(rows) of \(expected) rows arrived", mend: "try again")
                }
                if table.isNumbered, let renumber = sql.dialect.renumber { _ = try sql.row(renumber(table.name)) }
                counts.append((table.name, rows))
            }
        }
        // Of rows that are gone the target knows nothing; their numbers must not come again.
        try NumberSkip.rows(sql)
        return counts
    }

    /// New databases hold nothing but counters that stand at 0.
    private static func refuseRows(_ sql: any SQLConnection) throws {
        for table in StoredTable.all {
            let condition = table.name == "counters" ? " WHERE value > 0" : ""
            guard try sql.row("SELECT 1 AS one FROM \(table.name)\(condition) LIMIT 1") != nil else { continue }
            throw StoreError(
                .conflict, "the database to be copied to is not empty: its table \(table.name) has rows",
                mend: "name a new one; nothing was changed")
        }
    }

    private static func insert(_ rows: [SQLRow], _ table: StoredTable, _ sql: any SQLConnection) throws {
        guard let columns = rows.first?.columns.sorted(by: { $0.value < $1.value }) else { return }
        let arguments = rows.flatMap { row in columns.map { row.values[$0.value] } }
        try sql.execute(table.insertion(of: columns.map(\.key), rows: rows.count), arguments)
    }

    private static func count(_ table: StoredTable, _ sql: any SQLConnection) throws -> Int {
        Int(try sql.row("SELECT count(*) AS count FROM \(table.name)")?.number("count") ?? 0)
    }
}
