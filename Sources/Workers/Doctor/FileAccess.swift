import Foundation

/// Who beside the service can read a file.
enum FileReaders: String, Sendable {
    case everybody = "every user of this machine"
    case group = "another group than the service's"
}

/// Looks at modes and owners as the service's user would be told from others: the owner of the database, or whoever runs this
/// where there is none, and the group of that user.
struct FileAccess: Sendable {
    /// Whose members may read what the service reads. Root's may read everything.
    private let groups: Set<gid_t>

    /// - Parameter database: the path of its file.
    init(database: String?) {
        let owner = database.flatMap { Self.status($0)?.st_uid } ?? geteuid()
        groups = Set([getegid(), 0] + [getpwuid(owner)?.pointee.pw_gid].compactMap(\.self))
    }

    init(groups: Set<gid_t>) { self.groups = groups }

    /// Strangers whom the mode of the file, and of all folders above it, lets read it; nil where there are none.
    func strangers(whoRead path: String) -> FileReaders? {
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        guard let file = Self.status(real.path) else { return nil }
        if file.st_mode & 0o004 != 0, Self.mayPass(to: real, nil) { return .everybody }
        let isOtherGroup = file.st_mode & 0o040 != 0 && !groups.contains(file.st_gid)
        return isOtherGroup && Self.mayPass(to: real, file.st_gid) ? .group : nil
    }

    /// Whether a file belongs to the service's own group, and not to root's.
    func isForOwnGroup(_ path: String) -> Bool {
        Self.status(path).map { $0.st_gid != 0 && groups.contains($0.st_gid) } ?? false
    }

    /// Whether everybody, or a group, may pass through all folders above a file.
    private static func mayPass(to file: URL, _ group: gid_t?) -> Bool {
        var folder = file.deletingLastPathComponent()
        while true {
            guard let status = Self.status(folder.path) else { return false }
            let mayPass = status.st_gid == group ? status.st_mode & 0o010 != 0 : status.st_mode & 0o001 != 0
            guard mayPass else { return false }
            if folder.path == "/" { return true }
            folder = folder.deletingLastPathComponent()
        }
    }

    private static func status(_ path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }
}
