import Core

#if PostgreSQL
    import Foundation
    import Synchronization

    /// A connection with a thread of its own, on which its blocking calls are made: the threads that run tasks never wait.
    ///
    /// It is opened when it is first used, and anew after it broke.
    ///
    /// `@unchecked Sendable` because the connection, all that changes, is touched on the session's queue only.
    final class PostgreSQLSession: @unchecked Sendable {
        private let address: PostgreSQLAddress
        private let queue = DispatchQueue(label: "broadsheet.postgresql")
        /// Touched on the queue only.
        private var connection: PostgreSQLConnection?

        init(_ address: PostgreSQLAddress) { self.address = address }

        /// Runs `body` on the session's thread.
        func run<Value: Sendable>(_ body: @escaping @Sendable (PostgreSQLSession) throws -> Value) async throws -> Value
        {
            try await withCheckedThrowingContinuation { done in
                queue.async { done.resume(with: Result { try body(self) }) }
            }
        }

        /// The connection, opened where there is none.
        func open() throws -> PostgreSQLConnection {
            if let connection, !connection.isLost { return connection }
            connection = nil
            let opened = try PostgreSQLConnection(address)
            connection = opened
            return opened
        }

        /// The connection where it is still there.
        var current: PostgreSQLConnection? { connection.flatMap { $0.isLost ? nil : $0 } }

        func close() { connection = nil }

        /// Makes a change that nobody reads, to see whether it can be made to last.
        func probe() throws {
            let connection = try open()
            do {
                try connection.run(
                    """
                    BEGIN READ WRITE; \(connection.transactionSettings)
                    SELECT pg_logical_emit_message(true, 'broadsheet', 'probe'); COMMIT
                    """)
            } catch {
                close()
                throw (error as? PostgreSQLFailure)?.at(.beginning) ?? error
            }
        }
    }

    /// What begins a transaction.
    enum PostgreSQLBeginning: Sendable {
        /// One state of the database, beside writers.
        case reading
        case writing(WriteLocks)

        /// One round trip. Of a writing transaction the last value is its number, by which its outcome can be asked.
        func statements(_ connection: PostgreSQLConnection) -> String {
            switch self {
            case .reading:
                let settings = connection.transactionSettings
                return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \(settings)"
            case .writing(let locks):
                let taken = locks.names.map { "SELECT pg_advisory_xact_lock(\(connection.key($0))); " }.joined()
                let settings = connection.transactionSettings
                return
                    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; \(settings) \(taken)SELECT pg_current_xact_id()"
            }
        }
    }

    extension PostgreSQLSession {
        /// Runs one transaction; on the session's thread.
        ///
        /// - Throws: ``PostgreSQLFailure``, of stage `unknownOutcome` where only the answer to COMMIT is missing; whatever
        ///   `work` throws.
        func transaction<Value>(
            _ beginning: PostgreSQLBeginning, _ stop: StopFlag, _ work: (any SQLConnection) throws -> Value
        ) throws -> Value {
            let (connection, id) = try begin(beginning)
            let value: Value
            do {
                value = try work(PostgreSQLTransaction(connection: connection, stop: stop))
            } catch {
                rollBack(connection)
                if let failure = error as? PostgreSQLFailure, failure.isStalePlan {
                    // Where they are another's they are not ours to end.
                    connection.forgetStatements(deallocating: failure.state == "0A000")
                }
                throw error
            }
            do {
                try connection.commit()
            } catch let failure as PostgreSQLFailure {
                guard failure.isLost, let id else {
                    rollBack(connection)
                    throw failure
                }
                guard try happened(id, serverStart: connection.serverStart) else { throw failure }
            }
            return value
        }

        /// A connection that waited may have broken meanwhile, which shows at its first statement: then another is opened.
        private func begin(_ beginning: PostgreSQLBeginning) throws -> (PostgreSQLConnection, id: String?) {
            if let waiting = current {
                do {
                    return (waiting, try start(beginning, waiting))
                } catch let failure as PostgreSQLFailure where failure.isLost {
                    close()
                }
            }
            let fresh = try open()
            return (fresh, try start(beginning, fresh))
        }

        private func start(_ beginning: PostgreSQLBeginning, _ connection: PostgreSQLConnection) throws -> String? {
            do {
                return try connection.run(beginning.statements(connection)).first?.first ?? nil
            } catch let failure as PostgreSQLFailure {
                rollBack(connection)
                // It leads to a standby: another try is to find the primary.
                let failure = failure.at(.beginning)
                if failure.isDemoted { close() }
                throw failure
            }
        }

        private func rollBack(_ connection: PostgreSQLConnection) {
            if connection.isLost || (try? connection.run("ROLLBACK")) == nil { close() }
        }

        /// Whether a transaction whose COMMIT was never answered happened, by its number.
        ///
        /// The server knows that as long as it is the one that was asked and has run on since: after a crash or on a standby
        /// that took over, the number may be another's.
        private func happened(_ id: String, serverStart: String) throws -> Bool {
            let unknown = PostgreSQLFailure(.unknownOutcome, message: "")
            for pause in [0, 0.1, 0.5, 1, 2, 4] {
                Thread.sleep(forTimeInterval: pause)
                close()
                guard let connection = try? open() else { continue }
                guard connection.serverStart == serverStart,
                    let status = try? connection.run("SELECT pg_xact_status('\(id)'::xid8)").first?.first
                else { throw unknown }
                switch status {
                case "committed": return true
                case "aborted": return false
                case "in progress": continue
                default: throw unknown
                }
            }
            throw unknown
        }
    }

    extension PostgreSQLConnection {
        /// The number of an advisory lock: a hash of its name and of the schema, since several installations may share a
        /// database, each in its schema.
        func key(_ name: String) -> Int64 {
            Int64(bitPattern: FNV1a.hash("broadsheet/\(schema)/\(name)".utf8))
        }
    }

    /// One transaction's connection.
    private struct PostgreSQLTransaction: SQLConnection {
        let connection: PostgreSQLConnection
        let stop: StopFlag
        var dialect: Dialect { .postgreSQL }

        func execute(_ sql: String, _ arguments: [any SQLArgument]) throws -> Int {
            try stop.check()
            return try connection.execute(sql, arguments)
        }

        func rows(_ sql: String, _ arguments: [any SQLArgument]) throws -> [SQLRow] {
            try stop.check()
            return try connection.rows(sql, arguments)
        }

        func execute(_ sql: String, each sets: [[any SQLArgument]]) throws -> [Int] {
            try inStretches(sets) { try connection.execute(sql, each: $0) }
        }

        func rows(_ sql: String, each sets: [[any SQLArgument]]) throws -> [[SQLRow]] {
            try inStretches(sets) { try connection.rows(sql, each: $0) }
        }

        private func inStretches<Answer>(
            _ sets: [[any SQLArgument]], _ run: (ArraySlice<[any SQLArgument]>) throws -> [Answer]
        ) throws -> [Answer] {
            var answers: [Answer] = []
            answers.reserveCapacity(sets.count)
            for start in stride(from: 0, to: sets.count, by: PostgreSQLConnection.stretch) {
                try stop.check()
                answers += try run(sets[start..<min(sets.count, start + PostgreSQLConnection.stretch)])
            }
            return answers
        }
    }
#endif
