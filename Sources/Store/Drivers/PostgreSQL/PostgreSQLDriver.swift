import Core

#if PostgreSQL
    import Foundation
    import Synchronization

    /// PostgreSQL 15 or later through libpq: a few connections, each with a thread of its own.
    ///
    /// A transaction that did not happen, because of another one or because its connection broke before COMMIT, is run again.
    /// Where the answer to COMMIT is lost, the server is asked by the transaction's number whether it happened; only where it
    /// cannot tell is that an error, and nothing is repeated.
    final class PostgreSQLDriver: DatabaseDriver {
        let dialect = Dialect.postgreSQL
        let address: PostgreSQLAddress
        private let pool: PostgreSQLPool
        private let prober: PostgreSQLProbe
        private let wasReached = Atomic(false)

        /// Connects to nothing yet.
        ///
        /// - Parameter connections: the most connections at once, beside those of places that are held.
        /// - Throws: ``StoreError`` for an address that cannot be read.
        init(url: String, connections: Int = 8) throws {
            address = try PostgreSQLAddress(url)
            pool = PostgreSQLPool(address, limit: connections)
            prober = PostgreSQLProbe(address)
        }

        func read<Value: Sendable>(
            _ work: @escaping @Sendable (any SQLConnection) throws -> Value
        ) async throws -> Value {
            try await transaction(.reading, work)
        }

        func write<Value: Sendable>(
            _ locks: WriteLocks, _ work: @escaping @Sendable (any SQLConnection) throws -> Value
        ) async throws -> Value {
            try await transaction(.writing(locks), work)
        }

        private func transaction<Value: Sendable>(
            _ beginning: PostgreSQLBeginning, _ work: @escaping @Sendable (any SQLConnection) throws -> Value
        ) async throws -> Value {
            var patience = Patience(wasReached: wasReached.load(ordering: .relaxed))
            while true {
                try Task.checkCancellation()
                do {
                    let value = try await attempt(beginning, work)
                    wasReached.store(true, ordering: .relaxed)
                    return value
                } catch let failure as PostgreSQLFailure {
                    guard let pause = patience.pause(after: failure) else { throw failure.translated(address) }
                    try await Task.sleep(for: pause)
                }
            }
        }

        private func attempt<Value: Sendable>(
            _ beginning: PostgreSQLBeginning, _ work: @escaping @Sendable (any SQLConnection) throws -> Value
        ) async throws -> Value {
            let stop = StopFlag()
            return try await withTaskCancellationHandler {
                try await pool.run { session in
                    do {
                        return try session.transaction(beginning, stop, work)
                    } catch let failure as PostgreSQLFailure where failure.isDemoted {
                        // Another try is to find the primary.
                        session.close()
                        throw failure
                    }
                }
            } onCancel: {
                stop.set()
            }
        }

        var isShared: Bool { true }
        var lineage: String? { address.knowledge.lineage }
        var failovers: Int { address.knowledge.changes }

        func probe(within limit: Duration) async throws { try await prober.run(within: limit) }

        /// The cluster's number, which `initdb` draws, and those of database and schema in it.
        func identity() async throws -> String? {
            try await read { sql in
                try sql.row(
                    """
                    SELECT concat_ws('/', (SELECT system_identifier FROM pg_control_system()),
                        (SELECT oid FROM pg_database WHERE datname = current_database()),
                        (SELECT oid FROM pg_namespace WHERE nspname = current_schema())) AS identity
                    """)?.need("identity")
            }
        }

        func take(_ place: String) async throws -> (any HeldLock)? {
            do {
                return try await PostgreSQLLock(place, at: address)
            } catch let failure as PostgreSQLFailure {
                throw failure.translated(address)
            }
        }
    }

    /// A place held by a session's advisory lock, on a connection of its own: it is free again as soon as the server learns
    /// that this process is gone, within half a minute where the whole machine is.
    final class PostgreSQLLock: HeldLock {
        private let session: PostgreSQLSession

        /// - Returns: nil where another session holds it.
        init?(_ name: String, at address: PostgreSQLAddress) async throws {
            let session = PostgreSQLSession(address)
            let isTaken = try await session.run { session in
                let connection = try session.open()
                return try connection.run("SELECT pg_try_advisory_lock(\(connection.key("place/\(name)")))").first == [
                    "t"
                ]
            }
            guard isTaken else { return nil }
            self.session = session
        }

        func isHeld() async -> Bool { (try? await session.run { $0.current?.ping() ?? false }) ?? false }

        func giveUp() async { try? await session.run { $0.close() } }
    }
#endif
