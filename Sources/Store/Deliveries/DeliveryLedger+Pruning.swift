import Foundation

extension DeliveryLedger {
    /// Forgets finished deliveries that were written before a time, the oldest first, with what came back of them.
    ///
    /// The last one ever written stays: numbers go on from it, and no Message-ID may come twice. Only the head of the table
    /// is looked at, which is where the oldest are, so that a round over a table without old ones costs one look.
    ///
    /// - Parameter limit: how many rows one transaction takes at most.
    /// - Returns: how many were forgotten.
    public func prune(writtenBefore time: Date, limit: Int) async throws -> Int {
        try await driver.write(.people) { sql in
            let head = try sql.rows(
                """
                SELECT id, state, created_at, contents_key FROM deliveries WHERE id < (SELECT max(id) FROM deliveries)
                ORDER BY id LIMIT $1
                """, [limit])
            let finished = [DeliveryState.sent, .failed, .skipped].map(\.rawValue)
            let old = try head.filter { row in
                try row.number("created_at") < time.milliseconds && finished.contains(try row.need("state"))
            }
            guard !old.isEmpty else { return 0 }
            let ids = NumberList(try old.map { try $0.number("id") })
            let count = try sql.execute("DELETE FROM deliveries WHERE id \(sql.among("$1"))", [ids])
            try ContentsRows.forgetUnused(Set(try old.compactMap { try $0.text("contents_key") }), sql)
            return count
        }
    }
}
