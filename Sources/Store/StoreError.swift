/// Why the database could not do what it was asked, and what to do about it.
public struct StoreError: Error, CustomStringConvertible, Sendable {
    public enum Kind: Sendable {
        /// The file or server cannot be reached or opened.
        case unreachable
        /// The file or its folder cannot be written.
        case readOnly
        /// No room is left on the disk.
        case full
        /// Another process holds the database for too long.
        case busy
        /// The file is no database, or its content is not what this program writes.
        case damaged
        /// The database was written by a newer version of this program.
        case newer
        /// The database was written by an older version of this program, and may not be migrated here.
        case older
        /// A value is already taken or a rule of the schema is broken.
        case conflict
        case other
    }

    public let kind: Kind
    public let what: String
    public let mend: String

    public init(_ kind: Kind, _ what: String, mend: String) {
        self.kind = kind
        self.what = what
        self.mend = mend
    }

    public var description: String { "\(what): \(mend)" }
}

extension StoreError {
    /// Tables that a database has which a program of before the first release wrote.
    static let tablesBeforeRelease: Set<String> = ["migrations", "deliveries", "subscribers"]

    static let beforeRelease = StoreError(
        .older, "a program of before the first release wrote the database, and this one does not read it",
        mend:
            "name another database, and bring readers over by that program's `subscribers export`; suppressions have to be made anew"
    )
}
