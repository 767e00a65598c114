import Foundation

/// What has to be on the disk before the next step.
enum Disk {
    /// Makes an empty file that only its owner may read, from its first moment.
    static func makePrivate(_ path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw failure("cannot write \(path)", "make sure that the folder exists and is writable")
        }
        close(file)
    }

    /// Makes an empty file that only its owner may read where there is none; one that is there keeps its mode, and so does
    /// everything where this cannot be done.
    static func makePrivateIfMissing(_ path: String) {
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
        if file >= 0 { close(file) }
    }

    /// Gives a file the owner of another, so that whoever could open that one can open this one. Where this process may not,
    /// nothing changes.
    static func giveOwner(of model: String, to path: String) {
        var status = stat()
        if stat(model, &status) == 0 { _ = chown(path, status.st_uid, status.st_gid) }
    }

    /// Returns when the file's content is on the disk.
    static func synchronise(_ path: String) throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure("cannot open \(path)", "check who owns it") }
        defer { close(file) }
        guard fsync(file) == 0 else { throw failure("\(path) cannot be flushed to disk", "check the disk") }
    }

    /// Gives a file another name in the same folder, and returns when that is on the disk.
    static func move(_ path: String, to target: String) throws {
        guard rename(path, target) == 0 else {
            throw failure("cannot rename \(path) to \(target)", "check who owns them")
        }
        try synchronise(URL(fileURLWithPath: target).deletingLastPathComponent().path)
    }

    private static func failure(_ what: String, _ mend: String) -> StoreError {
        StoreError(errno == ENOSPC ? .full : .unreachable, "\(what) (\(String(cString: strerror(errno))))", mend: mend)
    }
}
