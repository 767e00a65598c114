import Foundation
import GRDB

extension SQLiteFile {
    /// What was put back.
    public struct Restored: Sendable, Equatable {
        public var condition: Condition
        /// Where the file is that was there before; nil where there was none.
        public var kept: String?
    }

    /// Puts a backup in this file's place. The file that was there is kept beside it as `.before-restore`.
    ///
    /// What the backup does not know was sent could be sent again: so the restored database belongs to no machine, and
    /// sends nothing until one takes over. Nor does it know which of the operator's sessions were ended since: none is open.
    ///
    /// - Parameter replacing: whether a file may be there.
    /// - Throws: ``StoreError`` of kind `damaged`, `newer`, `conflict` or `busy`; then nothing was changed.
    public func restore(from backup: String, replacing: Bool = false) async throws -> Restored {
        let source = SQLiteFile(path: backup)
        guard !Self.isSame(path, backup) else {
            throw StoreError(.conflict, "\(backup) is the database itself", mend: "name a backup")
        }
        let condition = try await source.require(.full)
        guard replacing || !exists else {
            throw StoreError(
                .conflict, "there is a database at \(path)",
                mend: "add --force to put the backup in its place; it is kept as \(path).before-restore")
        }
        let hold = try await holdAlone()
        let partial = SQLiteFile(path: path + ".partial")
        do {
            try await source.copy(to: partial)
            try await partial.disown()
            _ = try await partial.require(.quick)
            // Restored by root, it is still the service's.
            Disk.giveOwner(of: exists ? path : folder, to: partial.path)
            try Disk.synchronise(partial.path)
            let kept = try putAside()
            try Disk.move(partial.path, to: path)
            try? hold?.close()
            return Restored(condition: condition, kept: kept)
        } catch {
            partial.discard()
            throw error
        }
    }

    /// Takes the database for this process alone, its log written back, so that the file is all there is of it.
    ///
    /// - Returns: what holds it; nil where there is none, or one so damaged that nobody can use it.
    private func holdAlone() async throws -> DatabaseQueue? {
        guard exists else { return nil }
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        configuration.allowsUnsafeTransactions = true
        let inUse = StoreError(
            .busy, "another process has the database \(path) open",
            mend: "stop the service (`broadsheet serve`) and try again")
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            // Leaving the write-ahead log takes that nobody else has the file open.
            let mode = try await queue.writeWithoutTransaction { db in
                let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
                if mode == "delete" { try db.execute(sql: "BEGIN EXCLUSIVE") }
                return mode
            }
            guard mode == "delete" else { throw inUse }
            return queue
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: throw inUse
            case .SQLITE_NOTADB, .SQLITE_CORRUPT: return nil
            default: throw SQLiteDriver.translate(error, path: path)
            }
        }
    }

    /// Gives the machine that sends a name that no machine has, and ends the operator's sessions.
    private func disown() async throws {
        let owner = "restored a backup of \(Date.now.formatted(.iso8601))"
        try await translating {
            let queue = try DatabaseQueue(path: path)
            try await queue.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO installation (name, value) VALUES ('instance', ?)
                        ON CONFLICT (name) DO UPDATE SET value = excluded.value
                        """, arguments: [owner])
                try db.execute(sql: "DELETE FROM admin_sessions")
            }
            try queue.close()
        }
    }

    /// Renames the file, and what is left beside it, to names that are free.
    private func putAside() throws -> String? {
        guard exists else {
            // A log without its database belongs to nothing.
            discard()
            return nil
        }
        var kept = path + ".before-restore"
        var number = 2
        while FileManager.default.fileExists(atPath: kept) {
            kept = path + ".before-restore-\(number)"
            number += 1
        }
        for suffix in ["-journal", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
            try Disk.move(path + suffix, to: kept + suffix)
        }
        try Disk.move(path, to: kept)
        return kept
    }
}
