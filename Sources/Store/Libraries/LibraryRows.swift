import Foundation
import Papers

/// Entries of libraries as rows of `library_entries`.
enum LibraryRows {
    static func insert(
        _ entries: [(LibraryEntry, paperSeq: Int64?)], of subscriberID: Int64, at now: Date, _ sql: any SQLConnection
    ) throws {
        try sql.execute(
            """
            INSERT INTO library_entries (
                subscriber_id, paper_seq, title, authors, abstract, keywords, year, ids, link_keys, same_keys, added_at,
                looked_at
            ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
            """,
            each: entries.map { entry, paperSeq in
                [
                    subscriberID, paperSeq, entry.title, text(entry.authors.map(\.name)), entry.abstract,
                    text(entry.keywords), entry.year, text(entry.ids.map(\.key)), text(entry.linkKeys),
                    text(entry.sameKeys), now.milliseconds,
                ]
            })
    }

    static func entry(_ row: SQLRow) throws -> ShelvedEntry {
        ShelvedEntry(
            id: try row.number("id"), paperSeq: try row.integer("paper_seq"),
            entry: LibraryEntry(
                title: try row.need("title"), authors: lines(try row.need("authors")).map { Author($0) },
                abstract: try row.need("abstract"), keywords: lines(try row.need("keywords")),
                year: try row.integer("year").map { Int($0) },
                ids: lines(try row.need("ids")).compactMap { PaperID(key: $0) }), addedAt: try row.instant("added_at"))
    }

    /// The stored papers that entries are, by the first of their keys that leads to one.
    static func papers(of keys: [[String]], _ sql: any SQLConnection) throws -> [Int64?] {
        let flat = keys.joined().map { $0 }
        let found = try sql.rows(
            "SELECT min(paper_seq) AS seq FROM paper_links WHERE link = $1", each: flat.map { [$0] })
        var seqs = zip(flat, found).makeIterator()
        return try keys.map { own in
            var first: Int64?
            for _ in own {
                guard let (_, rows) = seqs.next() else { break }
                if first == nil { first = try rows.first?.integer("seq") }
            }
            return first
        }
    }

    /// Marks the newest entries of some readers that say anything as those by which their profile is made.
    static func weigh(_ subscriberIDs: [Int64], _ sql: any SQLConnection) throws {
        let newest = """
            SELECT id FROM library_entries WHERE subscriber_id = $1 AND (paper_seq IS NOT NULL OR title <> '')
            ORDER BY id DESC LIMIT \(LibraryStore.mostWeighing)
            """
        let sets: [[any SQLArgument]] = subscriberIDs.map { [$0] }
        try sql.execute(
            "UPDATE library_entries SET weighs = 0 WHERE subscriber_id = $1 AND weighs = 1 AND id NOT IN (\(newest))",
            each: sets)
        try sql.execute(
            "UPDATE library_entries SET weighs = 1 WHERE subscriber_id = $1 AND weighs = 0 AND id IN (\(newest))",
            each: sets)
    }

    static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

    /// One a line; what is in one line already has no line end left in it.
    private static func text(_ lines: [String]) -> String {
        lines.map { $0.contains("\n") ? $0.replacing("\n", with: " ") : $0 }.joined(separator: "\n")
    }
}
