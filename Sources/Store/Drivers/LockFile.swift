import Foundation

/// A place beside a SQLite file, held by a lock on a file of its own that the system gives up when the process ends.
final class LockFile: HeldLock {
    private let descriptor: Int32

    /// - Returns: nil where another process, or another part of this one, holds it.
    /// - Throws: ``StoreError`` naming the path.
    init?(path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError(
                .readOnly, "cannot make the lock file \(path) (\(String(cString: strerror(errno))))",
                mend: "give this user write access to its folder")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    func isHeld() async -> Bool { true }

    func giveUp() async { flock(descriptor, LOCK_UN) }
}
