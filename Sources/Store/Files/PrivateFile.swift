import Foundation

/// Files with what belongs to one person or to the installation alone: previews with a reader's links, lists of addresses.
public enum PrivateFile {
    /// Writes a file that only its owner may read, from its first moment and whatever the process's mask is, in place of one
    /// that is there.
    ///
    /// - Throws: ``StoreError`` naming the path; then what was there still is.
    public static func write(_ data: Data, to path: String) throws {
        let partial = path + ".\(UUID().uuidString).partial"
        do {
            try Disk.makePrivate(partial)
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: partial))
            try handle.write(contentsOf: data)
            try handle.close()
            guard rename(partial, path) == 0 else {
                throw StoreError(
                    .unreachable, "cannot write \(path) (\(String(cString: strerror(errno))))",
                    mend: "name another file, in a folder that may be written")
            }
        } catch {
            unlink(partial)
            throw error
        }
    }
}
