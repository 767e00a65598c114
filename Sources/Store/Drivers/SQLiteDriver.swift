import Foundation
import GRDB
import GRDBSQLite

/// SQLite through GRDB: write-ahead log, one writer at a time, readers beside it.
///
/// `synchronous` is FULL because the ledger promises that what was recorded survives a power cut; the price is one
/// `fsync` a transaction, which the ledger's batches share.
final class SQLiteDriver: DatabaseDriver {
    let dialect = Dialect.sqlite
    private let pool: DatabasePool
    private let path: String

    /// Opens the file, making it and its folder's journal where they are missing, for their owner's eyes only: SQLite gives
    /// what it makes beside the file the file's own mode.
    ///
    /// - Throws: ``StoreError`` naming the path.
    init(path: String) throws {
        self.path = path
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 4
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY")
        }
        Disk.makePrivateIfMissing(path)
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // Only now: opening the pool has set it to NORMAL, which forgets the last transactions at a power cut.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        } catch {
            throw Self.translate(error, path: path)
        }
    }

    func read<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        do {
            return try await pool.read { [dialect] in try work(SQLiteConnection(db: $0, dialect: dialect)) }
        } catch {
            throw Self.translate(error, path: path)
        }
    }

    /// The file has one writer at a time, so there is nothing more to lock.
    func write<Value: Sendable>(
        _ locks: WriteLocks, _ work: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        do {
            // IMMEDIATE takes the write lock first, so that a transaction never fails half-way on a lock it had not got.
            return try await pool.writeWithoutTransaction { [dialect] db in
                var value: Value?
                try db.inTransaction(.immediate) {
                    value = try work(SQLiteConnection(db: db, dialect: dialect))
                    return .commit
                }
                guard let value else { throw StoreError(.other, "a transaction returned nothing", mend: "report this") }
                return value
            }
        } catch {
            throw Self.translate(error, path: path)
        }
    }

    /// Foreign keys are not enforced meanwhile, or to drop a table that is made anew would delete what refers to it; that all
    /// of them hold is looked at before the commit (https://www.sqlite.org/lang_altertable.html, section 7).
    func migrate<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        do {
            return try await pool.writeWithoutTransaction { [dialect, path] db in
                try db.execute(sql: "PRAGMA foreign_keys = OFF")
                defer { try? db.execute(sql: "PRAGMA foreign_keys = ON") }
                var value: Value?
                try db.inTransaction(.immediate) {
                    value = try work(SQLiteConnection(db: db, dialect: dialect))
                    if let broken = try Row.fetchOne(db, sql: "PRAGMA foreign_key_check") {
                        throw StoreError(
                            .damaged, "the database \(path) has a row without the one it belongs to (\(broken))",
                            mend: "restore the last backup, or remove that row")
                    }
                    return .commit
                }
                guard let value else { throw StoreError(.other, "a transaction returned nothing", mend: "report this") }
                return value
            }
        } catch {
            throw Self.translate(error, path: path)
        }
    }

    func take(_ place: String) async throws -> (any HeldLock)? { try LockFile(path: "\(path).\(place)") }

    var isShared: Bool { false }
    var generationPath: String? { path + ".generation" }
    func identity() async throws -> String? { nil }

    /// Turns SQLite's code into one sentence that names the file and the mend.
    static func translate(_ error: any Error, path: String) -> any Error {
        guard let failure = error as? DatabaseError else { return error }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let reason = failure.message ?? "SQLite error \(failure.resultCode.rawValue)"
        return switch failure.resultCode {
        case .SQLITE_CANTOPEN:
            StoreError(
                .unreachable, "cannot open the database \(path)",
                mend: "make sure that the folder \(folder) exists and that this user may write to it")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            StoreError(
                .readOnly, "the database \(path) is read-only",
                mend: "give this user write access to the file and to the folder \(folder)")
        case .SQLITE_FULL:
            StoreError(.full, "the disk that holds \(path) is full", mend: "free some space; nothing was lost")
        case .SQLITE_IOERR:
            StoreError(
                .full, "the disk that holds \(path) failed (\(reason))",
                mend: "check the disk and its free space; the last transaction was undone")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            StoreError(
                .busy, "another process has locked the database \(path) for over 10 s", mend: "stop it or try again")
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            StoreError(
                .damaged, "the file \(path) is not an intact SQLite database (\(reason))",
                mend: "name another file, or restore the last backup")
        case .SQLITE_CONSTRAINT:
            StoreError(.conflict, "the database refused a row (\(reason))", mend: "check whether it already exists")
        default:
            StoreError(.other, "the database \(path) failed: \(failure)", mend: "check the file and the disk")
        }
    }
}

/// One transaction's connection.
private struct SQLiteConnection: SQLConnection {
    let db: GRDB.Database
    let dialect: Dialect

    func execute(_ sql: String, _ arguments: [any SQLArgument]) throws -> Int {
        try execute(sql, each: [arguments])[0]
    }

    func rows(_ sql: String, _ arguments: [any SQLArgument]) throws -> [SQLRow] { try rows(sql, each: [arguments])[0] }

    func execute(_ sql: String, each sets: [[any SQLArgument]]) throws -> [Int] {
        let statement = try db.cachedStatement(sql: Self.numbered(sql))
        return try sets.map { arguments in
            try Self.bind(arguments, to: statement)
            try statement.execute()
            return db.changesCount
        }
    }

    func rows(_ sql: String, each sets: [[any SQLArgument]]) throws -> [[SQLRow]] {
        let statement = try db.cachedStatement(sql: Self.numbered(sql))
        let names = statement.columnNames
        let columns = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let raw = statement.sqliteStatement
        return try sets.map { arguments in
            var rows: [SQLRow] = []
            try Self.bind(arguments, to: statement)
            let cursor = try Row.fetchCursor(statement)
            while try cursor.next() != nil {
                rows.append(SQLRow(columns: columns, values: names.indices.map { Self.value(raw, Int32($0)) }))
            }
            return rows
        }
    }

    /// SQLite takes `$1` for a name, numbered in order of appearance; `?1` is the number itself.
    private static func numbered(_ sql: String) -> String {
        String(decoding: sql.utf8.map { $0 == UInt8(ascii: "$") ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
    }

    /// Gives a statement its arguments for the next time it runs. GRDB's own way to do it would take longer than most of our
    /// statements, and is told only that they are there.
    private static func bind(_ arguments: [any SQLArgument], to statement: Statement) throws {
        statement.setUncheckedArguments([])
        let raw = statement.sqliteStatement
        guard Int(sqlite3_bind_parameter_count(raw)) == arguments.count else {
            throw StoreError(
                .other, "a statement was given \(arguments.count) arguments: \(statement.sql)", mend: "report this")
        }
        for (index, argument) in zip(Int32(1)..., arguments) {
            let code =
                switch argument.sqlValue {
                case .null: sqlite3_bind_null(raw, index)
                case .integer(let number): sqlite3_bind_int64(raw, index, number)
                case .real(let number): sqlite3_bind_double(raw, index, number)
                case .text(let text): sqlite3_bind_text(raw, index, text, Int32(text.utf8.count), transient)
                }
            guard code == SQLITE_OK else {
                throw DatabaseError(resultCode: ResultCode(rawValue: code), sql: statement.sql)
            }
        }
    }

    /// Makes SQLite copy a text before it is gone.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// A column of the present row, as SQLite has it: GRDB's own value would be one more copy of each text.
    private static func value(_ statement: SQLiteStatement, _ column: Int32) -> SQLValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(statement, column)
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
            return .text(String(decoding: bytes, as: UTF8.self))
        default: return .null
        }
    }
}
