import Foundation
import Papers

/// What readers brought of their own libraries, so that nobody has to say twice what they like.
public struct LibraryStore: Sendable {
    let driver: any DatabaseDriver

    /// The most entries of one reader.
    public static let mostPerReader = 5_000
    /// So many of a reader's newest entries make their profile, as many as of their marks (``MarkStore/mostPerReader``).
    public static let mostWeighing = 200

    /// Adds what a reader's library does not have yet, all of it or nothing.
    ///
    /// - Parameters:
    ///   - entries: in the order of the document; the latest published become the newest.
    ///   - replacing: whether what the library had before goes.
    ///   - mostPerReader: how many entries the library has at most.
    public func add(
        _ entries: [LibraryEntry], replacing: Bool = false, to subscriberID: Int64, at now: Date,
        mostPerReader: Int = mostPerReader
    ) async throws -> ShelvedCounts {
        try await driver.write(.people) { sql in
            if replacing { try sql.execute("DELETE FROM library_entries WHERE subscriber_id = $1", [subscriberID]) }
            let shelf = try Shelf(of: subscriberID, sql)
            var counts = ShelvedCounts()
            let new = shelf.news(among: entries, room: mostPerReader, &counts)
            let ordered = new.enumerated().sorted { left, right in
                (left.element.year ?? 0, right.offset) < (right.element.year ?? 0, left.offset)
            }.map(\.element)
            let seqs = try LibraryRows.papers(of: ordered.map(\.linkKeys), sql)
            counts.papers = seqs.count { $0 != nil }
            try LibraryRows.insert(Array(zip(ordered, seqs)), of: subscriberID, at: now, sql)
            try LibraryRows.weigh([subscriberID], sql)
            return counts
        }
    }

    /// A reader's entries, newest first.
    ///
    /// - Parameter id: only those before it; nil for the newest.
    public func entries(of subscriberID: Int64, before id: Int64? = nil, limit: Int) async throws -> [ShelvedEntry] {
        try await driver.read { sql in
            try sql.rows(
                "SELECT * FROM library_entries WHERE subscriber_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
                [subscriberID, id ?? Int64.max, limit]
            ).map(LibraryRows.entry)
        }
    }

    public func size(of subscriberID: Int64) async throws -> LibrarySize {
        try await driver.read { sql in
            let row = try sql.row(
                "SELECT count(*) AS entries, count(paper_seq) AS papers FROM library_entries WHERE subscriber_id = $1",
                [subscriberID])
            return LibrarySize(
                entries: Int(try row?.number("entries") ?? 0), papers: Int(try row?.number("papers") ?? 0))
        }
    }

    /// Forgets some entries of a reader, or all.
    ///
    /// - Parameter ids: nil for all.
    /// - Returns: how many there were.
    public func remove(_ ids: [Int64]?, of subscriberID: Int64) async throws -> Int {
        try await driver.write(.people) { sql in
            guard let ids else {
                return try sql.execute("DELETE FROM library_entries WHERE subscriber_id = $1", [subscriberID])
            }
            let count = try sql.execute(
                "DELETE FROM library_entries WHERE subscriber_id = $1 AND id \(sql.among("$2"))",
                [subscriberID, NumberList(ids)])
            try LibraryRows.weigh([subscriberID], sql)
            return count
        }
    }

    // MARK: - For profiles

    /// An entry by which a profile is made, without its text.
    public struct Weighing: Sendable, Equatable {
        public let id: Int64
        public let paperSeq: Int64?
        public let title: String
    }

    /// The entries that make the profiles of several readers, newest first; readers without any are missing.
    public func weighing(of subscriberIDs: [Int64]) async throws -> [Int64: [Weighing]] {
        guard !subscriberIDs.isEmpty else { return [:] }
        return try await driver.read { sql in
            var entries: [Int64: [Weighing]] = [:]
            for row in try sql.rows(
                """
                SELECT id, subscriber_id, paper_seq, title FROM library_entries
                WHERE weighs = 1 AND subscriber_id \(sql.among("$1")) ORDER BY id DESC
                """, [NumberList(subscriberIDs)])
            {
                entries[try row.number("subscriber_id"), default: []].append(
                    Weighing(
                        id: try row.number("id"), paperSeq: try row.integer("paper_seq"), title: try row.need("title")))
            }
            return entries
        }
    }

    /// Entries by their numbers, in no order.
    public func entries(ids: [Int64]) async throws -> [ShelvedEntry] {
        guard !ids.isEmpty else { return [] }
        return try await driver.read { sql in
            try sql.rows("SELECT * FROM library_entries WHERE id \(sql.among("$1"))", [NumberList(ids)])
                .map(LibraryRows.entry)
        }
    }

    /// Looks again for papers that entries kept as text are: feeds may have brought them since.
    ///
    /// - Parameters:
    ///   - moment: entries that were looked for since are passed over.
    ///   - limit: of entries in this transaction.
    /// - Returns: how many were looked for, and how many of them are papers now.
    public func match(
        lookedBefore moment: Date, at now: Date, limit: Int
    ) async throws -> (looked: Int, found: Int) {
        try await driver.write(.people) { sql in
            let rows = try sql.rows(
                """
                SELECT id, subscriber_id, link_keys FROM library_entries WHERE paper_seq IS NULL AND looked_at < $1
                ORDER BY looked_at LIMIT $2
                """, [moment.milliseconds, limit])
            let seqs = try LibraryRows.papers(of: try rows.map { LibraryRows.lines(try $0.need("link_keys")) }, sql)
            try sql.execute(
                "UPDATE library_entries SET paper_seq = $2, looked_at = $3 WHERE id = $1",
                each: try zip(rows, seqs).map { [try $0.number("id"), $1, now.milliseconds] })
            let found = zip(rows, seqs).filter { $1 != nil }
            try LibraryRows.weigh(Set(try found.map { try $0.0.number("subscriber_id") }).sorted(), sql)
            return (rows.count, found.count)
        }
    }
}

/// What one reader's library holds, by the keys of its entries.
private struct Shelf {
    private var keys: Set<String> = []
    private var count = 0

    init(of subscriberID: Int64, _ sql: any SQLConnection) throws {
        for row in try sql.rows("SELECT same_keys FROM library_entries WHERE subscriber_id = $1", [subscriberID]) {
            keys.formUnion(LibraryRows.lines(try row.need("same_keys")))
            count += 1
        }
    }

    /// Those that the library does not have, each once, as far as there is room.
    func news(among entries: [LibraryEntry], room most: Int, _ counts: inout ShelvedCounts) -> [LibraryEntry] {
        var known = keys
        var new: [LibraryEntry] = []
        for entry in entries {
            let own = entry.sameKeys
            if own.contains(where: known.contains) {
                counts.known += 1
            } else if count + new.count >= most {
                counts.leftOut += 1
            } else {
                new.append(entry)
            }
            known.formUnion(own)
        }
        counts.added = new.count
        return new
    }
}
