import Foundation
import Papers

/// Which papers an editor looks at.
public enum PaperSelection: String, Sendable, CaseIterable {
    /// What readers can get.
    case visible
    case pinned
    case hidden
}

/// What the editor does.
extension PaperStore {
    /// Lets a paper lead its day, and makes it news of this moment unless it was pinned before.
    ///
    /// - Returns: false where there is no such paper.
    public func pin(_ seq: Int64, note: String?, at now: Date) async throws -> Bool {
        try await driver.write(.papers) { sql in
            guard let row = try sql.row("SELECT pinned_at FROM papers WHERE seq = $1 AND merged_into IS NULL", [seq])
            else { return false }
            if try row.integer("pinned_at") == nil { try Surfacing(sql: sql).surface(seq, at: now) }
            try PaperChange(sql: sql).note(seq)
            return try sql.execute(
                """
                UPDATE papers SET pinned_at = coalesce(pinned_at, $2), pin_note = $3, hidden = 0 WHERE seq = $1
                """, [seq, now.milliseconds, note]) > 0
        }
    }

    /// Puts a paper back where its votes place it.
    public func unpin(_ seq: Int64) async throws {
        _ = try await driver.write(.papers) { sql in
            try PaperChange(sql: sql).note(seq)
            return try sql.execute("UPDATE papers SET pinned_at = NULL, pin_note = NULL WHERE seq = $1", [seq])
        }
    }

    /// Takes a paper off every page and out of every mail that is not sent yet, or brings it back. A hidden paper is not
    /// pinned.
    public func setHidden(_ seq: Int64, _ isHidden: Bool) async throws {
        _ = try await driver.write(.papers) { sql in
            try sql.execute("UPDATE papers SET hidden = $2 WHERE seq = $1", [seq, isHidden])
            try PaperChange(sql: sql).note(seq)
            guard isHidden else { return 0 }
            return try sql.execute("UPDATE papers SET pinned_at = NULL, pin_note = NULL WHERE seq = $1", [seq])
        }
    }

    /// Lists a paper by hand, as a curator's feed would.
    public func curate(_ seq: Int64, at now: Date) async throws {
        try await driver.write(.papers) { sql in try Surfacing(sql: sql).curate(seq, at: now) }
    }

    /// What was said about a paper, each feed's word as it was last read.
    public func sightings(of seq: Int64) async throws -> [Sighting] {
        try await driver.read { sql in
            try sql.rows("SELECT * FROM sightings WHERE paper_seq = $1 ORDER BY seen_at DESC, feed, entry_key", [seq])
                .compactMap(SightingCoding.sighting)
        }
    }

    /// Papers that became news before `seq` (nil: before now), the newest first.
    public func page(_ selection: PaperSelection, before seq: Int64?, limit: Int) async throws -> [StoredPaper] {
        let condition =
            switch selection {
            case .visible: Self.visible
            case .pinned: "\(Self.visible) AND pinned_at IS NOT NULL"
            case .hidden: "hidden = 1 AND merged_into IS NULL"
            }
        return try await driver.read { sql in
            try PaperRows.load(
                sql,
                "SELECT * FROM papers WHERE surfaced_seq < $1 AND \(condition) ORDER BY surfaced_seq DESC LIMIT $2",
                [seq ?? .max, limit])
        }
    }
}
