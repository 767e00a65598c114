import Transport

/// The connection of one worker: opened when it is first needed, given to several messages at once so that they follow each
/// other without waiting, retired after its share, replaced when it breaks.
actor PooledConnection {
    /// A connection to send one message over: the message is sent, or ``SMTPConnection/forgo()`` says that it is not. Until
    /// then the connection is not closed.
    struct Use: Sendable {
        let connection: SMTPConnection
        let relay: Int
    }

    private let pool: RelayPool
    private let driver: SMTPDriver
    private let messagesPerConnection: Int
    private var current: (use: Use, lease: RelayPool.Lease)?
    private var uses = 0
    private var opening: Task<Use, any Error>?
    private(set) var retiring: [Task<Void, Never>] = []
    /// Those of them that only finish what is under way.
    private var leaving: [Task<Void, Never>] = []

    init(pool: RelayPool, driver: SMTPDriver, messagesPerConnection: Int) {
        self.pool = pool
        self.driver = driver
        self.messagesPerConnection = messagesPerConnection
    }

    /// - Throws: `TransportError` when no relay can be connected to; ``RelayRefusal`` where all refuse everyone;
    ///   ``NoConnectionLeft`` where the other workers have all that the relays want.
    func use() async throws -> Use {
        while true {
            if let use = current?.use {
                if use.connection.isOpen, uses < share(of: use.connection), !pool.rests(use.relay) {
                    uses += 1
                    return use
                }
                retire()
            }
            // Who waited for a connection looks whether there is still a place on it.
            if let opening {
                _ = try await opening.value
                continue
            }
            let task = Task {
                defer { opening = nil }
                return try await open()
            }
            opening = task
            return try await task.value
        }
    }

    /// So many messages are given to a connection: a relay that takes fewer has said so before.
    private func share(of connection: SMTPConnection) -> Int {
        min(messagesPerConnection, connection.profile.messagesPerConnection ?? .max)
    }

    private func open() async throws -> Use {
        // One that has had its share is done with first: a worker has one connection at a time.
        for task in leaving { await task.value }
        leaving = []
        var full: Set<Int> = []
        while let lease = try pool.lease(except: full) {
            do {
                let connection = try await SMTPConnection.open(
                    lease.server, driver: driver, knowledge: lease.knowledge)
                let use = Use(connection: connection, relay: lease.index)
                current = (use, lease)
                uses = 1
                return use
            } catch {
                pool.notOpened(lease, error)
                full.insert(lease.index)
            }
        }
        throw NoConnectionLeft()
    }

    private func retire() {
        guard let (use, lease) = current else { return }
        let promised = uses
        current = nil
        uses = 0
        let isWell = use.connection.isOpen
        let closing = Task { await use.connection.close(afterMessages: promised) }
        retiring.append(closing)
        if isWell { leaving.append(closing) }
        pool.giveBack(lease)
    }

    /// Waits for what is under way and closes.
    func close() async {
        retire()
        for task in retiring { await task.value }
        retiring = []
    }
}
