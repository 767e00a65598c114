extension Installation {
    /// What a command needs of an installation: this is read, and found right, before anything is done. Six languages'
    /// templates take longer to read than most commands take.
    public struct Needs: Sendable {
        enum Files: Sendable { case none, topics, all }

        let files: Files
        var isReadOnly = false

        /// The database and the settings alone. Neither topics nor texts may be used.
        public static let records = Needs(files: .none)
        /// Topics as well. No texts may be used.
        public static let topics = Needs(files: .topics)
        /// All that pages and mails are made of.
        public static let everything = Needs(files: .all)

        /// The same of a command that changes nothing, which does not bring the database's schema up to date either.
        public var readOnly: Needs { Needs(files: files, isReadOnly: true) }
    }
}
