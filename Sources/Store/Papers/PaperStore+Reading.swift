import Foundation
import Papers

/// What the pages ask.
extension PaperStore {
    /// Papers that became news from `start` until before `end`, newest last; of more than `limit` the newest.
    public func surfaced(from start: Date, until end: Date, limit: Int) async throws -> [StoredPaper] {
        try await driver.read { sql in
            try PaperRows.load(
                sql,
                """
                SELECT * FROM papers WHERE surfaced_at >= $1 AND surfaced_at < $2 AND \(Self.visible)
                ORDER BY surfaced_seq DESC LIMIT $3
                """, [start.milliseconds, end.milliseconds, limit]
            ).reversed()
        }
    }

    /// When the last paper before `moment` became news; nil where none did.
    public func lastSurfacing(before moment: Date) async throws -> Date? {
        try await surfacing(
            "SELECT surfaced_at FROM papers WHERE surfaced_at < $1 AND \(Self.visible) ORDER BY surfaced_at DESC LIMIT 1",
            moment)
    }

    /// When the first paper from `moment` on became news; nil where none did.
    public func firstSurfacing(from moment: Date) async throws -> Date? {
        try await surfacing(
            "SELECT surfaced_at FROM papers WHERE surfaced_at >= $1 AND \(Self.visible) ORDER BY surfaced_at LIMIT 1",
            moment)
    }

    private func surfacing(_ query: String, _ moment: Date) async throws -> Date? {
        try await driver.read { sql in try sql.row(query, [moment.milliseconds])?.date("surfaced_at") }
    }

    /// Papers by their numbers, in no order; numbers of hidden papers and of those that turned out to be others bring none.
    public func visible(seqs: [Int64]) async throws -> [StoredPaper] {
        guard !seqs.isEmpty else { return [] }
        return try await driver.read { sql in
            try PaperRows.load(
                sql, "SELECT * FROM papers WHERE seq \(sql.among("$1")) AND \(Self.visible)", [NumberList(seqs)])
        }
    }

    /// Every paper that became news since a moment, by its number and identifier, newest first.
    public func addresses(since start: Date, limit: Int) async throws -> [PaperLocation] {
        try await driver.read { sql in
            try sql.rows(
                """
                SELECT seq, paper_key, surfaced_at FROM papers WHERE surfaced_at >= $1 AND \(Self.visible)
                ORDER BY surfaced_seq DESC LIMIT $2
                """, [start.milliseconds, limit]
            ).compactMap { row in
                guard let id = PaperID(key: try row.need("paper_key")) else { return nil }
                return PaperLocation(seq: try row.number("seq"), id: id, surfacedAt: try row.instant("surfaced_at"))
            }
        }
    }

    /// The quarters of hours in which papers became news, newest first, by their beginnings. Every time zone's days begin
    /// with one.
    public func quarters(limit: Int) async throws -> [Date] {
        let length: Int64 = 900_000
        return try await driver.read { sql in
            try sql.rows(
                """
                SELECT DISTINCT surfaced_at / \(length) AS quarter FROM papers WHERE \(Self.visible)
                ORDER BY quarter DESC LIMIT $1
                """, [limit]
            ).map { Date(timeIntervalSince1970: Double(try $0.number("quarter")) * Double(length) / 1000) }
        }
    }

    /// The number of the last change of any paper: as long as it stays, every page stays what it is.
    public func lastChange() async throws -> Int64 {
        try await driver.read { sql in
            try sql.row("SELECT value FROM counters WHERE name = 'change'")?.number("value") ?? 0
        }
    }

    /// Papers that changed after a numbered change, in the order of their changes, and the number up to which they are.
    public func changed(after change: Int64, limit: Int) async throws -> (papers: [StoredPaper], upTo: Int64) {
        try await driver.read { sql in
            let rows = try sql.rows(
                "SELECT seq, changed FROM papers WHERE changed > $1 ORDER BY changed LIMIT $2", [change, limit])
            guard let last = rows.last else { return ([], change) }
            let seqs = try rows.map { try $0.number("seq") }
            let papers = try PaperRows.load(
                sql, "SELECT * FROM papers WHERE seq \(sql.among("$1")) AND \(Self.visible)", [NumberList(seqs)])
            return (papers, try last.number("changed"))
        }
    }
}

/// Where a paper's page is to be found, without the paper.
public struct PaperLocation: Sendable, Equatable {
    public let seq: Int64
    public let id: PaperID
    public let surfacedAt: Date
}
