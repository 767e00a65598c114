import Foundation

/// What senders have learnt of the mail servers that mail is handed to.
public struct RelayStore: Sendable {
    let driver: any DatabaseDriver

    /// What is known of one server.
    public struct Relay: Sendable, Equatable {
        /// `smtp://host:port`, without user and password.
        public var address: String
        /// What it names itself in its greeting and its reply to EHLO.
        public var identity: String
        /// How far commands go ahead of its replies: `off`, `envelope` or `full`; nil where that is not known.
        public var pipelining: String?
        /// Why not further.
        public var reason: String?
        /// When that was learnt.
        public var pipeliningAt: Date?
        /// How many messages it takes of one connection; nil where it has named no limit.
        public var messageLimit: Int?

        public init(
            address: String, identity: String, pipelining: String? = nil, reason: String? = nil,
            pipeliningAt: Date? = nil, messageLimit: Int? = nil
        ) {
            self.address = address
            self.identity = identity
            self.pipelining = pipelining
            self.reason = reason
            self.pipeliningAt = pipeliningAt
            self.messageLimit = messageLimit
        }
    }

    /// After so many seconds a limit is forgotten: an operator may have raised it, and to meet it again costs nothing.
    private static let limitHolds: TimeInterval = 7 * 86_400

    /// Whether what is stored of pipelining gives way to what is new.
    private static let isNews = """
        excluded.pipelining IS NOT NULL AND (relays.pipelining IS NULL OR relays.pipelining = 'full'
            OR (relays.pipelining = 'envelope' AND excluded.pipelining = 'off'))
        """

    /// All that are known, by address, the one learnt last first.
    ///
    /// - Throws: ``StoreError``.
    public func all(at now: Date) async throws -> [Relay] {
        try await driver.read { sql in
            try sql.rows(
                """
                SELECT address, identity, pipelining, reason, pipelining_at, message_limit, limit_at FROM relays
                ORDER BY address, COALESCE(pipelining_at, limit_at, 0) DESC, identity
                """, []
            ).map { row in
                let limitAt = try row.date("limit_at")
                let holds = limitAt.map { now.timeIntervalSince($0) < Self.limitHolds } ?? false
                return Relay(
                    address: try row.need("address"), identity: try row.need("identity"),
                    pipelining: try row.text("pipelining"), reason: try row.text("reason"),
                    pipeliningAt: try row.date("pipelining_at"),
                    messageLimit: holds ? try row.integer("message_limit").map { Int($0) } : nil)
            }
        }
    }

    /// Forgets what is known of the servers behind an address, so that they are met anew.
    ///
    /// - Parameter address: as ``Relay/address`` has it; nil for all.
    /// - Returns: how many servers were known.
    /// - Throws: ``StoreError``.
    public func forget(_ address: String?) async throws -> Int {
        try await driver.write(.rows) { sql in
            guard let address else { return try sql.execute("DELETE FROM relays", []) }
            return try sql.execute("DELETE FROM relays WHERE address = $1", [address])
        }
    }

    /// Stores what is known now. What another process has learnt of the same server stays where it is the worse: a relay that
    /// cannot take commands sent ahead is not tried again.
    ///
    /// - Throws: ``StoreError``.
    public func store(_ relay: Relay, at now: Date) async throws {
        _ = try await driver.write(.rows) { sql in
            try sql.execute(
                """
                INSERT INTO relays (address, identity, pipelining, reason, pipelining_at, message_limit, limit_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (address, identity) DO UPDATE SET
                    pipelining = CASE WHEN \(Self.isNews) THEN excluded.pipelining ELSE relays.pipelining END,
                    reason = CASE WHEN \(Self.isNews) THEN excluded.reason ELSE relays.reason END,
                    pipelining_at = CASE WHEN \(Self.isNews) THEN excluded.pipelining_at ELSE relays.pipelining_at END,
                    message_limit = COALESCE(excluded.message_limit, relays.message_limit),
                    limit_at = COALESCE(excluded.limit_at, relays.limit_at)
                """,
                [
                    relay.address, relay.identity, relay.pipelining, relay.reason,
                    relay.pipelining == nil ? nil : (relay.pipeliningAt ?? now).milliseconds,
                    relay.messageLimit.map { Int64($0) }, relay.messageLimit == nil ? nil : now.milliseconds,
                ])
        }
    }
}
