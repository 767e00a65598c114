#if PostgreSQL
    import Foundation
    import Synchronization

    /// What the connections to one address have learnt of the server, or servers, behind it.
    final class ServerKnowledge: Sendable {
        private struct State {
            var lineage: String?
            var changes = 0
            var isSafe = false
            var open: [ObjectIdentifier: (lineage: String?, socket: SocketHandle)] = [:]
        }

        private let state = Mutex(State())

        /// The cluster's number and its timeline, as `7391…/00000002`: another after a fail-over, a promotion or a restore.
        var lineage: String? { state.withLock(\.lineage) }

        /// How often another server, or another timeline of the same, has come to stand behind the address.
        var changes: Int { state.withLock(\.changes) }

        /// Whether it was seen that whatever is between leaves each client its session.
        var isSafe: Bool {
            get { state.withLock(\.isSafe) }
            set { state.withLock { $0.isSafe = newValue } }
        }

        /// A connection was opened. Where it shows a new lineage, those to the old one are ended: a frozen server that was
        /// replaced would never answer them.
        func opened(_ connection: PostgreSQLConnection, socket: SocketHandle) {
            let lineage = connection.lineage
            let old: [SocketHandle] = state.withLock { state in
                state.open[ObjectIdentifier(connection)] = (lineage, socket)
                guard let lineage, state.lineage != lineage else { return [] }
                if state.lineage != nil { state.changes += 1 }
                state.lineage = lineage
                return state.open.values.filter { $0.lineage != lineage }.map(\.socket)
            }
            for socket in old { socket.end() }
        }

        func closed(_ connection: PostgreSQLConnection) {
            state.withLock { _ = $0.open.removeValue(forKey: ObjectIdentifier(connection)) }
        }
    }

    /// A connection's socket under a number of its own, so that it can be ended from another thread than that which waits
    /// for it, and whatever libpq does to its own.
    final class SocketHandle: Sendable {
        private let descriptor: Int32
        private let wasEnded = Atomic(false)

        init(_ socket: Int32) { descriptor = socket < 0 ? -1 : fcntl(socket, F_DUPFD_CLOEXEC, 0) }

        deinit { if descriptor >= 0 { close(descriptor) } }

        /// Whoever waits for an answer gets an error.
        func end() {
            wasEnded.store(true, ordering: .relaxed)
            if descriptor >= 0 { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }

        var isEnded: Bool { wasEnded.load(ordering: .relaxed) }

        /// Runs blocking calls on the connection, and ends it where they take longer.
        func within<Value>(_ limit: Duration, _ work: () throws -> Value) rethrows -> Value {
            let alarm = DispatchWorkItem { [self] in end() }
            DispatchQueue.global().asyncAfter(deadline: .now() + limit / .seconds(1), execute: alarm)
            defer { alarm.cancel() }
            return try work()
        }
    }
#endif
