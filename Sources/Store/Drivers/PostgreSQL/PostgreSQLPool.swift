#if PostgreSQL
    import Synchronization

    /// A few sessions, handed out one user at a time; who comes when all are out waits in line, without a thread.
    final class PostgreSQLPool: Sendable {
        private struct State {
            var idle: [PostgreSQLSession] = []
            var made = 0
            var waiting: [CheckedContinuation<PostgreSQLSession, Never>] = []
        }

        private let address: PostgreSQLAddress
        private let limit: Int
        private let state = Mutex(State())

        /// - Parameter limit: the most connections to the server.
        init(_ address: PostgreSQLAddress, limit: Int) {
            self.address = address
            self.limit = limit
        }

        /// Runs `body` on the thread of a session that is nobody else's meanwhile.
        func run<Value: Sendable>(_ body: @escaping @Sendable (PostgreSQLSession) throws -> Value) async throws -> Value
        {
            let session = await take()
            defer { give(session) }
            return try await session.run(body)
        }

        private func take() async -> PostgreSQLSession {
            await withCheckedContinuation { turn in
                let session: PostgreSQLSession? = state.withLock { state in
                    // The one that was used last, so that those that are not needed stay closed.
                    if let idle = state.idle.popLast() { return idle }
                    if state.made < limit {
                        state.made += 1
                        return PostgreSQLSession(address)
                    }
                    state.waiting.append(turn)
                    return nil
                }
                if let session { turn.resume(returning: session) }
            }
        }

        private func give(_ session: PostgreSQLSession) {
            let next: CheckedContinuation<PostgreSQLSession, Never>? = state.withLock { state in
                if state.waiting.isEmpty {
                    state.idle.append(session)
                    return nil
                }
                return state.waiting.removeFirst()
            }
            next?.resume(returning: session)
        }
    }
#endif
