import Foundation
import GRDB

extension SQLiteFile {
    /// Copies the database while others use it: what was committed when the copying began is in the copy, whole.
    ///
    /// The copy is written beside `target` as `.partial`, for its owner's eyes only, looked through, brought to the disk
    /// and only then given its name, so that a file of that name is always a whole backup.
    ///
    /// - Parameter replacing: whether a file of that name may be there.
    /// - Returns: what is in the copy.
    /// - Throws: ``StoreError``; then there is no new file.
    public func backUp(to target: String, replacing: Bool = false) async throws -> Condition {
        try requireOurs()
        guard !Self.isSame(path, target) else {
            throw StoreError(.conflict, "\(target) is the database itself", mend: "name another file")
        }
        guard replacing || !FileManager.default.fileExists(atPath: target) else {
            throw StoreError(.conflict, "\(target) exists already", mend: "name another file, or add --force")
        }
        let partial = SQLiteFile(path: target + ".partial")
        do {
            try await copy(to: partial)
            let condition = try await partial.require(.full)
            try Disk.synchronise(partial.path)
            try Disk.move(partial.path, to: target)
            return condition
        } catch {
            partial.discard()
            throw error
        }
    }

    /// Copies all pages in one read transaction into a new file of mode 0600 without a journal beside it.
    func copy(to copy: SQLiteFile) async throws {
        copy.discard()
        try Disk.makePrivate(copy.path)
        try await translating {
            var reading = Self.patient
            reading.readonly = true
            let source = try DatabaseQueue(path: path, configuration: reading)
            let target = try DatabaseQueue(path: copy.path)
            do {
                try source.backup(to: target)
            } catch let error as DatabaseError
                where error.resultCode == .SQLITE_FULL || error.resultCode == .SQLITE_IOERR
            {
                throw SQLiteDriver.translate(error, path: copy.path)
            }
            // The copy says of itself what the source says: that there is a log beside it.
            try await target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try target.close()
            try source.close()
        }
    }

    /// Looks into a file that is to be an intact database of ours.
    ///
    /// - Throws: ``StoreError`` of kind `damaged` or `newer`.
    func require(_ care: Care) async throws -> Condition {
        try requireOurs()
        let condition = try await examine(care)
        if let damage = condition.damage.first {
            throw StoreError(.damaged, "\(path) is damaged: \(damage)", mend: "use another backup")
        }
        guard condition.schemaVersion > 0 else {
            throw StoreError(.damaged, "\(path) is not a Broadsheet database", mend: "name another file")
        }
        guard condition.schemaVersion <= Schema.current else {
            throw StoreError(
                .newer,
                "\(path) has schema version \(condition.schemaVersion), this program knows up to \(Schema.current)",
                mend: "use the newer broadsheet")
        }
        return condition
    }

    private func requireOurs() throws {
        guard exists else { throw StoreError(.unreachable, "there is no \(path)", mend: "name a file that exists") }
    }

    /// Removes the file and what SQLite may have left beside it.
    func discard() { for file in files { unlink(file) } }

    /// The file and those that SQLite keeps beside it.
    var files: [String] { ["", "-journal", "-wal", "-shm"].map { path + $0 } }

    static func isSame(_ one: String, _ other: String) -> Bool {
        let paths = [one, other].map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().standardizedFileURL.path }
        return paths[0] == paths[1]
    }
}
