import Foundation

/// The files of mails that somebody names: files, and folders of files, one mail in each.
public enum MailFiles {
    /// A Maildir's mails are those in `new` and `cur`; of another folder, its files whose names do not begin with a dot. In
    /// the order given, those of a folder by name, which in a Maildir is the order in which they came.
    ///
    /// - Throws: what reading a folder throws.
    public static func files(of path: String) throws -> [String] {
        guard isFolder(path) else { return [path] }
        let mailboxes = ["new", "cur"].map { "\(path)/\($0)" }.filter(isFolder)
        return try (mailboxes.isEmpty ? [path] : mailboxes).flatMap { folder in
            try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted()
                .map { "\(folder)/\($0)" }.filter { !isFolder($0) }
        }
    }

    public static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
