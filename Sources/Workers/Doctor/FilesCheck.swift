import Foundation
import Site
import Store

/// Who can read the files with secrets, and how much room is left beside the database.
struct FilesCheck: Sendable {
    let settings: Settings
    let enoughSpace: Int64

    func run() -> [Finding] {
        guard let file = SQLiteFile(url: settings.database) else { return secrets }
        return secrets + [disk(file.folder)]
    }

    /// A file that others can read.
    private struct Open {
        let path: String
        let what: String
        let readers: FileReaders
    }

    private var secrets: [Finding] {
        let access = FileAccess(database: SQLiteFile(url: settings.database)?.path)
        var shown: Set<String> = []
        let files =
            settings.secretFiles.map { ($0.path, "which holds a secret (\($0.setting))") }
            + databaseFiles.map { ($0, "which holds readers' addresses") }
        let open = files.compactMap { path, what in
            access.strangers(whoRead: path).map { Open(path: path, what: what, readers: $0) }
        }.filter { shown.insert($0.path).inserted }
        guard !open.isEmpty else {
            return [
                .ok("secrets", files.isEmpty ? "no file holds one" : "no other user can read the files that hold them")
            ]
        }
        return open.map {
            // A settings file may be for its group to read, which the service's package makes use of.
            let mode = $0.readers == .everybody && access.isForOwnGroup($0.path) ? "640" : "600"
            return .failed(
                "secrets", "\($0.readers.rawValue) can read \($0.path), \($0.what)", mend: "chmod \(mode) \($0.path)")
        }
    }

    /// The most files of the database's folder that are looked at.
    private static let most = 1000

    /// The database, what SQLite keeps beside it, and the backups in its folder.
    private var databaseFiles: [String] {
        guard let file = SQLiteFile(url: settings.database) else { return [] }
        let beside = ["", "-wal", "-shm", "-journal"].map { file.path + $0 }
        let others = (try? FileManager.default.contentsOfDirectory(atPath: file.folder)) ?? []
        let backups = others.sorted().prefix(Self.most).map { "\(file.folder)/\($0)" }.filter { Self.isDatabase($0) }
        return (beside + backups).filter { FileManager.default.fileExists(atPath: $0) }
    }

    /// Whether a file begins as SQLite's do.
    private static func isDatabase(_ path: String) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            let handle = FileHandle(forReadingAtPath: path)
        else { return false }
        defer { try? handle.close() }
        return (try? handle.read(upToCount: 16)) == Data("SQLite format 3\0".utf8)
    }

    private func disk(_ folder: String) -> Finding {
        var volume = statvfs()
        guard statvfs(folder, &volume) == 0 else {
            return .failed(
                "disk", "the folder \(folder) cannot be read (\(String(cString: strerror(errno))))",
                mend: "see that it exists")
        }
        // Some network file systems report more than there are numbers for.
        let (bytes, isMore) = UInt64(volume.f_bavail).multipliedReportingOverflow(by: UInt64(volume.f_frsize))
        let free = isMore ? .max : Int64(clamping: bytes)
        let room = "\(free >> 20) MB are free on the disk of the database"
        let mend = "free some space; on a full disk nothing can be recorded, so nothing is sent"
        if free < enoughSpace / 10 { return .failed("disk", room, mend: mend) }
        return free < enoughSpace ? .warning("disk", room, mend: mend) : .ok("disk", room)
    }
}
