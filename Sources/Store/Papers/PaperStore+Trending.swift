import Foundation
import Papers

extension PaperStore {
    /// Papers that became news since a moment, newest last; of more than `limit` the newest.
    public func surfaced(since start: Date, limit: Int) async throws -> [StoredPaper] {
        try await driver.read { sql in
            try PaperRows.load(
                sql,
                "SELECT * FROM papers WHERE surfaced_at >= $1 AND \(Self.visible) ORDER BY surfaced_seq DESC LIMIT $2",
                [start.milliseconds, limit]
            ).reversed()
        }
    }

    /// What was said about each of several papers.
    public func sightings(of seqs: Set<Int64>) async throws -> [Int64: [Sighting]] {
        guard !seqs.isEmpty else { return [:] }
        return try await driver.read { sql in
            var sightings: [Int64: [Sighting]] = [:]
            for row in try sql.rows(
                "SELECT * FROM sightings WHERE paper_seq \(sql.among("$1")) ORDER BY seen_at DESC, feed",
                [NumberList(seqs)])
            {
                guard let sighting = try SightingCoding.sighting(row) else { continue }
                sightings[try row.number("paper_seq"), default: []].append(sighting)
            }
            return sightings
        }
    }
}
