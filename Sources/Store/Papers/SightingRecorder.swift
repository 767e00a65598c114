import Foundation
import Papers

/// Writes one sighting and the papers that follow from it, inside the caller's transaction.
///
/// What a new sighting may change is every paper that a chain of keys leads to. Those papers' sightings are grouped anew, as
/// a whole, so that the result is what `SightingGroups` says of the set and not of the order in which it grew.
struct SightingRecorder {
    let sql: any SQLConnection
    /// A moment of the past day whose list is recorded; nil for what is news now.
    var day: Date?

    /// The most sightings of papers that hang together which one feed may have. Hundreds of entries of one title would
    /// else be merged anew, all of them, for each.
    static let mostOfOneFeed = 20

    /// A feed's further sightings of what it has given ``mostOfOneFeed`` times already are passed over.
    func record(_ given: Sighting, counts: inout RecordedEntries) throws {
        let sighting = try SightingIdentity(sql: sql).settled(given)
        let neighbours = try neighbours(of: sighting.entry.linkKeys)
        if neighbours.isEmpty {
            guard sighting.entry.announceType?.isReplacement != true else { return counts.passedOver += 1 }
            try store(sighting, of: try insert(sighting))
            counts.new += 1
            counts.newToFeed += 1
            return
        }
        let known = try known(neighbours)
        let same = known.first { $0.sighting.feed == sighting.feed && $0.sighting.entry.id == sighting.entry.id }
        if same == nil, known.count(where: { $0.sighting.feed == sighting.feed }) >= Self.mostOfOneFeed {
            return counts.passedOver += 1
        }
        if let same, same.sighting.seenAt > sighting.seenAt { return counts.unchanged += 1 }
        let isRepeat = same?.sighting.entry == sighting.entry
        // The newest sighting's counts win, so a repeat matters only where another feed spoke too.
        if isRepeat, let same, known.count(where: { $0.seq == same.seq }) == 1 {
            try store(sighting, of: same.seq)
            return counts.unchanged += 1
        }
        let group = SightingRegrouping(
            known: known.filter { $0.sighting != same?.sighting }, new: sighting, formerSeq: same?.seq)
        let isNew = try settle(group, among: neighbours, revisedAt: isRepeat ? nil : sighting.seenAt)
        if isNew, same == nil, sighting.entry.announceType?.isReplacement == true {
            // It joined nothing, so it is a later version of a paper that was never stored.
            try forget(sighting)
            return counts.passedOver += 1
        }
        if isNew { counts.new += 1 } else { counts.changed += 1 }
        if same == nil { counts.newToFeed += 1 }
    }

    /// Gives every group its row. Returns whether the new sighting is a paper of its own that had none before.
    ///
    /// - Parameter revisedAt: when the text of the papers changed; nil where the feed says what it said before, for then only
    ///   the order of the sources did.
    private func settle(
        _ regrouping: SightingRegrouping, among neighbours: Set<Int64>, revisedAt: Date?
    ) throws -> Bool {
        let plan = regrouping.plan()
        let structural = plan.contains { $0.seq == nil || !$0.absorbed.isEmpty }
        if structural {
            // Keys are unique, and rows may hand them to each other.
            try sql.execute(
                """
                UPDATE papers SET paper_key = 'moving:' || CAST(seq AS TEXT)
                WHERE merged_into IS NULL AND seq \(sql.among("$1"))
                """, [NumberList(neighbours)])
        }
        var isNew = false
        for place in plan where structural || place.holdsNew {
            guard let paper = Paper(merging: place.sightings) else { continue }
            let seq = try place.seq ?? insert(place.holdsNew ? regrouping.new : place.sightings[0], key: paper.id.key)
            if place.seq == nil, place.holdsNew { isNew = true }
            for old in place.absorbed { try PaperMerge(sql: sql).absorb(old, into: seq) }
            for sighting in place.sightings { try store(sighting, of: seq) }
            try PaperRows.update(sql, seq, paper, revisedAt: place.seq == nil ? nil : revisedAt)
            try relink(seq, place.sightings)
            if place.holdsNew, place.seq != nil { try touch(seq, by: regrouping.new) }
        }
        return isNew
    }

    private func touch(_ seq: Int64, by sighting: Sighting) throws {
        try sql.execute(
            "UPDATE papers SET first_seen_at = $2 WHERE seq = $1 AND first_seen_at > $2",
            [seq, sighting.seenAt.milliseconds])
        let surfacing = Surfacing(sql: sql)
        if sighting.trust == .curator {
            if let day { try surfacing.list(seq, onPast: day) } else { try surfacing.curate(seq, at: sighting.seenAt) }
        } else if day == nil, Self.isAnnounced(sighting) {
            try surfacing.announce(seq, at: sighting.seenAt)
        }
    }

    /// How old an announcement may be that is news, in seconds: over a weekend.
    private static let announcedFor: TimeInterval = 3 * 86_400

    /// Whether its archive announces the paper in these days, as it does what it has held for longer only to those who ask.
    private static func isAnnounced(_ sighting: Sighting) -> Bool {
        guard let kind = sighting.entry.announceType, !kind.isReplacement else { return false }
        return sighting.entry.published.map { sighting.seenAt.timeIntervalSince($0) < announcedFor } ?? true
    }

    private func insert(_ sighting: Sighting) throws -> Int64 {
        let paper = Paper(merging: [sighting]) ?? Paper(sighting.entry)
        let seq = try insert(sighting, key: paper.id.key)
        try PaperRows.update(sql, seq, paper)
        try relink(seq, [sighting])
        return seq
    }

    private func insert(_ sighting: Sighting, key: String) throws -> Int64 {
        let seq = try Surfacing(sql: sql).nextSeq()
        try sql.execute(
            """
            INSERT INTO papers (seq, surfaced_seq, curated, paper_key, title, abstract, url, first_seen_at, surfaced_at)
            VALUES ($1, $5, $2, $3, '', '', '', $4, $6)
            """,
            [
                seq, sighting.trust == .curator, key, sighting.seenAt.milliseconds,
                day == nil ? seq : Surfacing.past(seq), (day ?? sighting.seenAt).milliseconds,
            ])
        return seq
    }

    private func store(_ sighting: Sighting, of seq: Int64) throws {
        try sql.execute(
            """
            INSERT INTO sightings (entry_key, feed, paper_seq, trust, seen_at, entry) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (entry_key, feed) DO UPDATE SET paper_seq = excluded.paper_seq, trust = excluded.trust,
                seen_at = excluded.seen_at, entry = excluded.entry
            """,
            [
                sighting.entry.id.key, sighting.feed, seq, sighting.trust.rawValue, sighting.seenAt.milliseconds,
                try SightingCoding.text(sighting.entry),
            ])
    }

    private func forget(_ sighting: Sighting) throws {
        guard
            let row = try sql.row(
                "DELETE FROM sightings WHERE entry_key = $1 AND feed = $2 RETURNING paper_seq",
                [sighting.entry.id.key, sighting.feed])
        else { return }
        try sql.execute("DELETE FROM papers WHERE seq = $1", [try row.number("paper_seq")])
    }

    private func relink(_ seq: Int64, _ sightings: [Sighting]) throws {
        try sql.execute("DELETE FROM paper_links WHERE paper_seq = $1", [seq])
        for link in Set(sightings.flatMap(\.entry.linkKeys)) {
            try sql.execute("INSERT INTO paper_links (link, paper_seq) VALUES ($1, $2)", [link, seq])
        }
    }

    /// The papers that a chain of keys leads to.
    private func neighbours(of keys: [String]) throws -> Set<Int64> {
        var asked: Set<String> = []
        var waiting = keys
        var found: Set<Int64> = []
        while let key = waiting.popLast() {
            guard asked.insert(key).inserted else { continue }
            for row in try sql.rows("SELECT paper_seq FROM paper_links WHERE link = $1", [key]) {
                let seq = try row.number("paper_seq")
                guard found.insert(seq).inserted else { continue }
                waiting += try sql.rows("SELECT link FROM paper_links WHERE paper_seq = $1", [seq]).map {
                    try $0.need("link")
                }
            }
        }
        return found
    }

    private func known(_ papers: Set<Int64>) throws -> [GroupedSighting] {
        try sql.rows("SELECT * FROM sightings WHERE paper_seq \(sql.among("$1"))", [NumberList(papers)]).compactMap {
            row in
            guard let sighting = try SightingCoding.sighting(row) else { return nil }
            return GroupedSighting(seq: try row.number("paper_seq"), sighting: sighting)
        }
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

    /// A row of `sightings`; nil for one that cannot be read, see ``DamagedRows``.
    static func sighting(_ row: SQLRow) throws -> Sighting? {
        let text = try row.need("entry")
        do {
            return Sighting(
                feed: try row.need("feed"), trust: SourceTrust(rawValue: Int(try row.number("trust"))) ?? .other,
                seenAt: try row.instant("seen_at"), entry: try entry(text))
        } catch is DecodingError {
            DamagedRows.known.note("“\(text.prefix(200))” in the table sightings is not an entry")
            return nil
        }
    }
}
