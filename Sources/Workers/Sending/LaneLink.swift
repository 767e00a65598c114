import Transport

/// The connection of one lane: opened when it is first needed, given to several messages at once so that they follow each
/// other without waiting, retired after its share, replaced when it breaks.
actor LaneLink {
    /// A connection to send one message over.
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
    private var retiring: [Task<Void, Never>] = []

    init(pool: RelayPool, driver: SMTPDriver, messagesPerConnection: Int) {
        self.pool = pool
        self.driver = driver
        self.messagesPerConnection = messagesPerConnection
    }

    /// - Throws: `TransportError` when no relay can be connected to; ``RelayRefusal`` where all refuse everyone;
    ///   ``NoConnectionLeft`` where the other lanes have all that the relays want.
    func use() async throws -> Use {
        if let use = current?.use {
            if use.connection.isOpen, uses < messagesPerConnection, !pool.rests(use.relay) {
                uses += 1
                return use
            }
            retire()
        }
        if let opening { return try await opening.value }
        let task = Task { try await open() }
        opening = task
        defer { opening = nil }
        return try await task.value
    }

    private func open() async throws -> Use {
        var full: Set<Int> = []
        while let lease = try pool.lease(except: full) {
            do {
                let connection = try await SMTPConnection.open(lease.server, driver: driver)
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
        current = nil
        uses = 0
        retiring.append(Task { await use.connection.close() })
        pool.giveBack(lease)
    }

    /// Waits for what is under way and closes.
    func close() async {
        retire()
        for task in retiring { await task.value }
        retiring = []
    }
}
