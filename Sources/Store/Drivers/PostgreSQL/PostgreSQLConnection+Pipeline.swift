#if PostgreSQL
    import CPostgres

    /// Many runs of one statement, sent one after the other without waiting for answers: a round trip costs several times
    /// what the server works for a row.
    extension PostgreSQLConnection {
        /// So many runs share a round trip.
        static let stretch = 500

        func execute(_ sql: String, each sets: ArraySlice<[any SQLArgument]>) throws -> [Int] {
            try answers(to: prepared(sql, sets.first?.count ?? 0), sets) { Int(String(cString: PQcmdTuples($0))) ?? 0 }
        }

        func rows(_ sql: String, each sets: ArraySlice<[any SQLArgument]>) throws -> [[SQLRow]] {
            let statement = try prepared(sql, sets.first?.count ?? 0)
            return try answers(to: statement, sets) { Self.rows(of: $0, statement) }
        }

        /// - Throws: ``PostgreSQLFailure`` of the first run that failed; those after it did not happen.
        private func answers<Answer>(
            to statement: Prepared, _ sets: ArraySlice<[any SQLArgument]>, _ read: (OpaquePointer?) -> Answer
        ) throws -> [Answer] {
            guard PQenterPipelineMode(handle) == 1 else { throw broken }
            // Where it is left in the middle the connection is lost, and nothing more is done with it.
            defer { PQexitPipelineMode(handle) }
            for arguments in sets { try send(statement, arguments) }
            guard PQpipelineSync(handle) == 1 else { throw broken }
            var answers: [Answer] = []
            var failure: (any Error)?
            for _ in sets {
                do {
                    let answer = try nextAnswer(read)
                    if failure == nil { answers.append(answer) }
                } catch {
                    failure = failure ?? error
                    if isLost { break }
                }
            }
            // Of the synchronisation itself.
            if !isLost { PQclear(PQgetResult(handle)) }
            if let failure { throw failure }
            return answers
        }

        private func send(_ statement: Prepared, _ arguments: [any SQLArgument]) throws {
            let sent = Self.withCStrings(arguments.map { Self.text($0.sqlValue) }) {
                PQsendQueryPrepared(handle, statement.name, Int32(arguments.count), $0, nil, nil, 0)
            }
            guard sent == 1 else { throw broken }
        }

        private func nextAnswer<Answer>(_ read: (OpaquePointer?) -> Answer) throws -> Answer {
            guard let result = PQgetResult(handle) else { throw broken }
            defer {
                PQclear(result)
                // What ends the answer to each.
                PQclear(PQgetResult(handle))
            }
            try check(result)
            return read(result)
        }

        /// What libpq itself failed with; it has the connection closed, since nobody knows what is still to come over it.
        private var broken: PostgreSQLFailure {
            PostgreSQLFailure(.working, message: String(cString: PQerrorMessage(handle)), isLost: true)
        }
    }
#endif
