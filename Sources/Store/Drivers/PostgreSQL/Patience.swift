#if PostgreSQL
    import Foundation

    /// How long a transaction that did not happen is tried again.
    struct Patience {
        /// Whether the server has been reached before: then it is waited for, as while it restarts; where it never was, its
        /// address may be wrong, which is to be told at once.
        let wasReached: Bool
        private var conflicts = 0
        private var stale = 0
        private var losses = 0
        private var lostSince: ContinuousClock.Instant?

        /// Conflicts, of which each lets another transaction through.
        static let mostConflicts = 20
        /// How often statements are prepared anew: what the server does not support at all it never will.
        static let mostStale = 2
        /// How long a server is waited for.
        static let outage: Duration = .seconds(15)

        init(wasReached: Bool) { self.wasReached = wasReached }

        /// - Returns: how long to wait before the next try; nil where there is none.
        mutating func pause(after failure: PostgreSQLFailure, now: ContinuousClock.Instant = .now) -> Duration? {
            if failure.stage == .unknownOutcome { return nil }
            if failure.isStalePlan {
                stale += 1
                return stale <= Self.mostStale ? .zero : nil
            }
            if failure.isConflict {
                conflicts += 1
                guard conflicts < Self.mostConflicts else { return nil }
                return Self.jittered(0.005, doubled: conflicts, most: 0.5)
            }
            // After a fail-over a connection, and for a while the name itself, leads to a standby.
            let isAway = wasReached && (failure.stage == .connecting || failure.isDemoted)
            guard failure.isPassing || isAway else { return nil }
            let since = lostSince ?? now
            lostSince = since
            losses += 1
            guard since.duration(to: now) < Self.outage else { return nil }
            return Self.jittered(0.05, doubled: losses, most: 1)
        }

        /// From half to the whole of a time that doubles, so that many who were stopped at once do not come back at once.
        private static func jittered(_ seconds: Double, doubled times: Int, most: Double) -> Duration {
            .seconds(min(most, seconds * pow(2, Double(times - 1))) * .random(in: 0.5...1))
        }
    }
#endif
