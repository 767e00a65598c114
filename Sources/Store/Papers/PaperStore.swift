import Foundation
import Papers

/// Papers, their authors and categories, and the sightings they are merged from.
public struct PaperStore: Sendable {
    let driver: any DatabaseDriver

    /// What stands on pages and in mails: neither hidden nor found to be another paper.
    static let visible = "hidden = 0 AND merged_into IS NULL"

    static let byKey = """
        SELECT * FROM papers WHERE merged_into IS NULL AND seq IN (SELECT paper_seq FROM paper_links WHERE link = $1)
        ORDER BY CASE WHEN paper_key = $1 THEN 0 ELSE 1 END, seq
        """

    /// The number last given out: everything up to here can be read.
    public func latestSeq() async throws -> Int64 {
        try await driver.read { sql in
            try sql.row("SELECT value FROM counters WHERE name = 'paper'")?.number("value") ?? 0
        }
    }

    /// The highest number that had surfaced before `instant`: where a new subscriber's reading begins.
    public func seq(before instant: Date) async throws -> Int64 {
        try await driver.read { sql in
            let row = try sql.row(
                "SELECT max(seq) AS seq FROM papers WHERE first_seen_at < $1", [instant.milliseconds])
            return try row?.integer("seq") ?? 0
        }
    }

    public func count() async throws -> Int {
        try await driver.read { sql in
            Int(try sql.row("SELECT count(*) AS count FROM papers WHERE merged_into IS NULL")?.number("count") ?? 0)
        }
    }

    /// Papers that became news after `seq`, in that order.
    public func surfaced(after seq: Int64, limit: Int) async throws -> [StoredPaper] {
        try await driver.read { sql in
            try PaperRows.load(
                sql,
                "SELECT * FROM papers WHERE surfaced_seq > $1 AND \(Self.visible) ORDER BY surfaced_seq DESC LIMIT $2",
                [seq, limit]
            ).reversed()
        }
    }

    /// Papers by their numbers, in ascending order of what was asked; numbers that are unknown or of hidden papers are left
    /// out. A number whose paper turned out to be another brings that one, under the number that was asked for.
    public func papers(seqs: Set<Int64>) async throws -> [StoredPaper] {
        guard !seqs.isEmpty else { return [] }
        return try await driver.read { sql in
            let merged = try sql.rows(
                "SELECT seq, merged_into FROM papers WHERE merged_into IS NOT NULL AND seq \(sql.among("$1"))",
                [NumberList(seqs)])
            let targets = Dictionary(
                uniqueKeysWithValues: try merged.map { (try $0.number("seq"), try $0.number("merged_into")) })
            let wanted = Set(seqs.map { targets[$0] ?? $0 })
            let found = try PaperRows.load(
                sql, "SELECT * FROM papers WHERE seq \(sql.among("$1")) AND \(Self.visible)", [NumberList(wanted)])
            let papers = Dictionary(uniqueKeysWithValues: found.map { ($0.seq, $0) })
            return seqs.sorted().compactMap { seq in papers[targets[seq] ?? seq]?.numbered(seq) }
        }
    }

    /// The paper of an identifier, be it the one that names the paper or another it is known by; hidden papers too.
    public func paper(id: PaperID) async throws -> StoredPaper? {
        try await driver.read { sql in
            try PaperRows.load(sql, Self.byKey, [id.key]).first
        }
    }

    /// The newest papers there are, newest last.
    public func newest(limit: Int) async throws -> [StoredPaper] {
        try await driver.read { sql in
            try PaperRows.load(
                sql, "SELECT * FROM papers WHERE \(Self.visible) ORDER BY surfaced_seq DESC LIMIT $1", [limit]
            ).reversed()
        }
    }

    /// Stores what one feed said, in one transaction: each entry becomes the feed's sighting of its paper, and the paper
    /// is merged anew from all its sightings. Sightings that turn out to be of one paper (see `SightingGroups`) become one.
    ///
    /// A replacement (a later version, by arXiv's announce type) of a paper that is not known is passed over, and so is a
    /// notice about one.
    ///
    /// - Parameter day: a moment of the past day whose list this is, as an archive gives it: there the papers are shown, and
    ///   they are no news. Nil for what is news now.
    public func record(
        _ entries: [Entry], feed: String, trust: SourceTrust, seenAt: Date, day: Date? = nil
    ) async throws -> RecordedEntries {
        try await driver.write(.papers) { sql in
            var counts = RecordedEntries()
            for entry in entries {
                let feed = entry.announceType == .notice ? Sighting.noticeSource(of: feed) : feed
                let sighting = Sighting(feed: feed, trust: trust, seenAt: seenAt, entry: entry)
                try SightingRecorder(sql: sql, day: day).record(sighting, counts: &counts)
            }
            return counts
        }
    }
}
