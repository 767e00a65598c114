import Foundation
import Papers

/// Writes one sighting and the paper that follows from it, inside the caller's transaction.
struct SightingRecorder {
    let sql: any SQLConnection

    func record(_ sighting: Sighting, counts: inout RecordedEntries) throws {
        let key = sighting.entry.id.key
        if let known = try sql.row("SELECT seq, curated FROM papers WHERE paper_key = $1", [key]) {
            let seq = try known.number("seq")
            guard try store(sighting, of: seq) else {
                counts.unchanged += 1
                return
            }
            counts.changed += 1
            try merge(seq)
            if sighting.trust == .curator, try !known.flag("curated") { try surface(seq, at: sighting.seenAt) }
        } else if sighting.entry.announceType?.isReplacement == true {
            counts.passedOver += 1
        } else {
            try insert(sighting)
            counts.new += 1
        }
    }

    private func insert(_ sighting: Sighting) throws {
        let seq = try nextSeq()
        let paper = Paper(merging: [sighting]) ?? Paper(sighting.entry)
        try sql.execute(
            """
            INSERT INTO papers (seq, surfaced_seq, curated, paper_key, title, abstract, url, first_seen_at, surfaced_at)
            VALUES ($1, $1, $2, $3, $4, $5, $6, $7, $7)
            """,
            [
                seq, sighting.trust == .curator, paper.id.key, paper.title, paper.abstract, paper.url,
                sighting.seenAt.milliseconds,
            ])
        _ = try store(sighting, of: seq)
        try PaperRows.update(sql, seq, paper)
    }

    /// Returns false where the feed said the same the last time and no other feed's word could weigh differently now.
    private func store(_ sighting: Sighting, of seq: Int64) throws -> Bool {
        let entry = try SightingCoding.text(sighting.entry)
        let before = try sql.rows("SELECT feed, entry FROM sightings WHERE paper_seq = $1", [seq])
        try sql.execute(
            """
            INSERT INTO sightings (paper_seq, feed, trust, seen_at, entry) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (paper_seq, feed) DO UPDATE
            SET trust = excluded.trust, seen_at = excluded.seen_at, entry = excluded.entry
            """, [seq, sighting.feed, sighting.trust.rawValue, sighting.seenAt.milliseconds, entry])
        guard before.count == 1, let only = before.first else { return true }
        return try only.need("feed") != sighting.feed || only.need("entry") != entry
    }

    private func merge(_ seq: Int64) throws {
        let rows = try sql.rows("SELECT feed, trust, seen_at, entry FROM sightings WHERE paper_seq = $1", [seq])
        let sightings = try rows.map { row in
            Sighting(
                feed: try row.need("feed"), trust: SourceTrust(rawValue: Int(try row.number("trust"))) ?? .other,
                seenAt: try row.instant("seen_at"), entry: try SightingCoding.entry(row.need("entry")))
        }
        if let paper = Paper(merging: sightings) { try PaperRows.update(sql, seq, paper) }
    }

    private func surface(_ seq: Int64, at now: Date) throws {
        try sql.execute(
            "UPDATE papers SET curated = 1, surfaced_seq = $2, surfaced_at = $3 WHERE seq = $1",
            [seq, try nextSeq(), now.milliseconds])
    }

    private func nextSeq() throws -> Int64 {
        let row = try sql.row("UPDATE counters SET value = value + 1 WHERE name = 'paper' RETURNING value")
        guard let row else {
            throw StoreError(.damaged, "the counter of papers is missing", mend: "restore the last backup")
        }
        return try row.number("value")
    }
}

/// An entry as text: JSON with sorted keys, so that equal entries are equal text.
enum SightingCoding {
    static func text(_ entry: Entry) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .millisecondsSince1970
        return String(decoding: try encoder.encode(entry), as: UTF8.self)
    }

    static func entry(_ text: String) throws -> Entry {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .millisecondsSince1970
        return try decoder.decode(Entry.self, from: Data(text.utf8))
    }
}
