import Foundation
import Site
import Store

/// Who can read the files with secrets, and how much room is left beside the database.
struct FilesCheck: Sendable {
    let settings: Settings
    let enoughSpace: Int64

    func run() -> [Finding] {
        var findings = secrets
        if let file = SQLiteFile(url: settings.database) {
            if file.exists, Self.othersMayRead(file.path) {
                findings.append(
                    .warning(
                        "secrets", "every user of this machine can read the database \(file.path)",
                        mend: "chmod o-rwx \(file.path), or its folder"))
            }
            findings.append(disk(file.folder))
        }
        return findings
    }

    private var secrets: [Finding] {
        var shown: Set<String> = []
        let open = settings.secretFiles.filter { Self.othersMayRead($0.path) && shown.insert($0.path).inserted }
        guard !open.isEmpty else {
            let count = settings.secretFiles.count
            return [
                .ok("secrets", count == 0 ? "no file holds one" : "no other user can read the files that hold them")
            ]
        }
        return open.map {
            .failed(
                "secrets", "every user of this machine can read \($0.path), which holds a secret (\($0.setting))",
                mend: "chmod 0600 \($0.path)")
        }
    }

    /// Whether the mode lets everybody read the file and pass through all folders above it.
    static func othersMayRead(_ path: String) -> Bool {
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        guard let file = mode(real.path), file & 0o004 != 0 else { return false }
        var folder = real.deletingLastPathComponent()
        while true {
            guard let mode = mode(folder.path), mode & 0o001 != 0 else { return false }
            if folder.path == "/" { return true }
            folder = folder.deletingLastPathComponent()
        }
    }

    private static func mode(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode : nil
    }

    private func disk(_ folder: String) -> Finding {
        var volume = statvfs()
        guard statvfs(folder, &volume) == 0 else {
            return .failed(
                "disk", "the folder \(folder) cannot be looked at (\(String(cString: strerror(errno))))",
                mend: "see that it exists")
        }
        let free = Int64(volume.f_bavail) * Int64(volume.f_frsize)
        let room = "\(free >> 20) MB are free where the database lies"
        let mend = "free some space; when there is none, nothing can be recorded and so nothing is sent"
        if free < enoughSpace / 10 { return .failed("disk", room, mend: mend) }
        return free < enoughSpace ? .warning("disk", room, mend: mend) : .ok("disk", room)
    }
}
