#if PostgreSQL
    /// Sees whether a server makes changes last, on a connection of its own that no other work can keep waiting.
    ///
    /// A change that does not come to its end is left to: on a server that waits for a standby each further one would keep
    /// another of its sessions. Meanwhile a fresh connection sees whether another server has taken over, which ends the
    /// connections to the old one.
    actor PostgreSQLProbe {
        private let address: PostgreSQLAddress
        private let session: PostgreSQLSession
        private var running: Task<Void, any Error>?
        private var inquiry: Task<Bool, any Error>?
        private var lastGood: ContinuousClock.Instant?

        /// Of several that ask within so short a time one asks the server.
        private static let freshness: Duration = .seconds(1)
        private static let inquiryPatience: Duration = .seconds(2)

        init(_ address: PostgreSQLAddress) {
            self.address = address
            session = PostgreSQLSession(address)
        }

        /// - Throws: ``StoreError``.
        func run(within limit: Duration) async throws {
            if running == nil, let lastGood, lastGood.duration(to: .now) < Self.freshness { return }
            let task = running ?? begin()
            if try await task.value(within: limit) != nil { return }
            let waits = try? await inquire().value(within: Self.inquiryPatience)
            // Meanwhile it may have come to its end, which need not be a good one.
            guard running != nil else { return try await task.value }
            throw silence(waitsForStandby: waits ?? nil, limit)
        }

        private func begin() -> Task<Void, any Error> {
            let task = Task { [session, address] in
                do {
                    try await session.run { try $0.probe() }
                } catch let failure as PostgreSQLFailure {
                    throw failure.translated(address)
                }
            }
            running = task
            Task {
                let result = await task.result
                running = nil
                if case .success = result { lastGood = .now }
            }
            return task
        }

        /// Whether transactions wait for a synchronous standby; by a new connection, since the server may be another by now.
        private func inquire() -> Task<Bool, any Error> {
            if let inquiry { return inquiry }
            let task = Task { [address] in
                try await PostgreSQLSession(address).run { session in
                    let question = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
                    let answer = try session.open().run(question)
                    session.close()
                    return answer.first?.first != "0"
                }
            }
            inquiry = task
            Task {
                _ = await task.result
                inquiry = nil
            }
            return task
        }

        private func silence(waitsForStandby: Bool?, _ limit: Duration) -> StoreError {
            let seconds = Int(limit / .seconds(1))
            if waitsForStandby == true {
                return StoreError(
                    .unreachable,
                    "changes in the database \(address.name) wait for a synchronous standby that is not there",
                    mend: "bring it back, or take it out of synchronous_standby_names; until then nothing is recorded")
            }
            return StoreError(
                .unreachable, "the database \(address.name) has not confirmed a change for \(seconds) s",
                mend: "see whether the server is frozen or its disk stuck; " + PostgreSQLFailure.largerPool)
        }
    }
#endif
