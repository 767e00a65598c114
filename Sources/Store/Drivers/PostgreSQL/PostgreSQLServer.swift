#if PostgreSQL
    /// What is done to a server rather than in one of its databases, for tests.
    package enum PostgreSQLServer {
        /// Runs a statement outside of any transaction, such as CREATE DATABASE. Blocks.
        ///
        /// - Throws: ``StoreError``.
        package static func run(_ statement: String, at url: String) throws {
            let address = try PostgreSQLAddress(url)
            do {
                try PostgreSQLConnection(address).run(statement)
            } catch let failure as PostgreSQLFailure {
                throw failure.translated(address)
            }
        }
    }
#endif
