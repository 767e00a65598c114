/// The filters that anybody reads by, each text once.
public struct SavedFilterStore: Sendable {
    let driver: any DatabaseDriver

    /// What changed after one moment, up to another.
    public struct Changes: Sendable, Equatable {
        /// Numbers of filters that nobody reads by any more; to be taken before ``added``.
        public var removed: [Int64]
        public var added: [SavedFilter]
        /// What to ask for next.
        public var upTo: Int64
        /// Whether there is nothing beyond ``upTo``.
        public var isLast: Bool
    }

    /// - Parameters:
    ///   - number: ``Changes/upTo`` of the last answer, 0 for everything.
    ///   - limit: of filters in one answer.
    public func changes(after number: Int64, limit: Int = 20_000) async throws -> Changes {
        try await driver.read { sql in
            let latest = try sql.row("SELECT value FROM counters WHERE name = 'filter'")?.number("value") ?? 0
            guard latest > number else { return Changes(removed: [], added: [], upTo: number, isLast: true) }
            let added = try sql.rows(
                "SELECT number, text FROM saved_filters WHERE number > $1 AND number <= $2 ORDER BY number LIMIT $3",
                [number, latest, limit]
            ).map { SavedFilter(number: try $0.number("number"), text: try $0.need("text")) }
            let isLast = added.count < limit
            let upTo = isLast ? latest : added.last?.number ?? latest
            let removed = try sql.rows(
                "SELECT filter FROM removed_filters WHERE number > $1 AND number <= $2 ORDER BY number", [number, upTo]
            ).map { try $0.number("filter") }
            return Changes(removed: removed, added: added, upTo: upTo, isLast: isLast)
        }
    }
}

/// One text by which somebody reads.
public struct SavedFilter: Sendable, Hashable {
    /// Never given again, not even to the same text.
    public var number: Int64
    /// In canonical form.
    public var text: String
}

/// Keeps `saved_filters` true: to be called in each transaction that changes somebody's filters.
enum SavedFilterRows {
    static func takeUp(_ texts: some Sequence<String>, _ sql: any SQLConnection) throws {
        try takeUp(Dictionary(texts.map { ($0, 1) }, uniquingKeysWith: +), sql)
    }

    /// - Parameter readers: how many begin to read by each text.
    static func takeUp(_ readers: [String: Int], _ sql: any SQLConnection) throws {
        let rows = readers.sorted { $0.key < $1.key }
        let known = try sql.execute(
            "UPDATE saved_filters SET readers = readers + $2 WHERE text = $1", each: rows.map { [$0.key, $0.value] })
        let new = zip(rows, known).filter { $1 == 0 }.map(\.0)
        guard !new.isEmpty else { return }
        let last = try nextNumber(sql, of: new.count)
        try sql.execute(
            """
            INSERT INTO saved_filters (number, text, readers) VALUES ($1, $2, $3)
            ON CONFLICT (text) DO UPDATE SET readers = saved_filters.readers + excluded.readers
            """,
            each: new.enumerated().map { [last - Int64(new.count - 1 - $0), $1.key, $1.value] })
    }

    static func drop(_ texts: some Sequence<String>, _ sql: any SQLConnection) throws {
        for text in texts {
            let row = try sql.row(
                "UPDATE saved_filters SET readers = readers - 1 WHERE text = $1 RETURNING number, readers", [text])
            guard let row, try row.number("readers") <= 0 else { continue }
            let filter = try row.number("number")
            try sql.execute("DELETE FROM saved_filters WHERE number = $1", [filter])
            try sql.execute(
                "INSERT INTO removed_filters (number, filter) VALUES ($1, $2)", [try nextNumber(sql), filter])
        }
    }

    /// The last of some new numbers. The row is locked until the transaction ends, so numbers become visible in their order.
    private static func nextNumber(_ sql: any SQLConnection, of count: Int = 1) throws -> Int64 {
        let row = try sql.row(
            "UPDATE counters SET value = value + $1 WHERE name = 'filter' RETURNING value", [count])
        guard let row else {
            throw StoreError(.damaged, "the counter of filters is missing", mend: "restore the database from a backup")
        }
        return try row.number("value")
    }
}
