import Foundation

extension Paper {
    /// What all feeds together say about one paper: a pure function of the *set* of sightings, whatever their order.
    ///
    /// Each field comes from the best source that gives it: first by ``SourceTrust``, then the newest sighting, then by feed
    /// address. So arXiv's own text wins over a copy whose formulas were spoilt. Counts (upvotes, comments, stars) only ever
    /// grow stale, so they come from the newest sighting that gives them. Categories and keywords are united, the best
    /// source's first. Nil if there is no sighting.
    public init?(merging sightings: [Sighting]) {
        guard !sightings.isEmpty else { return nil }
        let ranked = SightingOrder.ranked(sightings)
        let entries = ranked.map(\.entry)
        func best<Value>(_ field: (Entry) -> Value?) -> Value? { entries.lazy.compactMap(field).first }
        func bestText(_ field: (Entry) -> String?) -> String? { best { field($0).flatMap { $0.isEmpty ? nil : $0 } } }

        // Sightings that were joined over a journal's DOI carry several identifiers: the strongest names the paper.
        let order = PaperID.Scheme.allCases
        let id = entries.map(\.id).min { left, right in
            let ranks = (order.firstIndex(of: left.scheme) ?? 0, order.firstIndex(of: right.scheme) ?? 0)
            return ranks.0 == ranks.1 ? left < right : ranks.0 < ranks.1
        }
        guard let id else { return nil }
        var entry = Entry(id: id, title: bestText { $0.title } ?? "")
        entry.abstract = bestText(\.abstract)
        entry.content = bestText(\.content)
        entry.authors = best { $0.authors.isEmpty ? nil : $0.authors } ?? []
        entry.categories = Self.united(entries.map(\.categories))
        entry.keywords = Self.united(entries.map(\.keywords))
        entry.url = bestText(\.url)
        entry.pdfURL = bestText(\.pdfURL)
        entry.discussionURL = bestText(\.discussionURL)
        entry.codeURL = bestText(\.codeURL)
        entry.projectURL = bestText(\.projectURL)
        entry.doi = bestText(\.doi)
        entry.journal = bestText(\.journal)
        entry.organization = bestText(\.organization)
        entry.synopsis = bestText(\.synopsis)
        entry.published = Self.published(ranked) ?? best(\.updated)
        let newest = SightingOrder.newestFirst(ranked)
        entry.upvotes = newest.lazy.compactMap(\.entry.upvotes).first
        entry.comments = newest.lazy.compactMap(\.entry.comments).first
        entry.stars = newest.lazy.compactMap(\.entry.stars).first
        self.init(entry)
    }

    /// In order of appearance, each once; letter case does not tell two apart.
    private static func united(_ lists: [[String]]) -> [String] {
        var seen: Set<String> = []
        return lists.joined().filter { seen.insert($0.lowercased()).inserted }
    }

    /// The best source's date, unless a source of rank names an earlier day: arXiv's listings give the day of announcement,
    /// and for a replacement that of the new version, while its API and Hugging Face give the first version's.
    private static func published(_ ranked: [Sighting]) -> Date? {
        let dated = ranked.filter { $0.entry.published != nil }
        guard let best = dated.first, let date = best.entry.published else { return nil }
        let rank = max(best.trust, .curator)
        let earliest = dated.filter { $0.trust <= rank }.compactMap(\.entry.published).min() ?? date
        let day: TimeInterval = 86_400
        let isEarlierDay =
            (earliest.timeIntervalSince1970 / day).rounded(.down) < (date.timeIntervalSince1970 / day).rounded(.down)
        return isEarlierDay ? earliest : date
    }
}

/// Total orders over sightings, so that a merge never depends on how they arrived.
enum SightingOrder {
    static func ranked(_ sightings: [Sighting]) -> [Sighting] {
        sightings.sorted { left, right in
            if left.trust != right.trust { return left.trust < right.trust }
            return isBefore(left, right)
        }
    }

    static func newestFirst(_ ranked: [Sighting]) -> [Sighting] {
        ranked.sorted { left, right in
            if left.seenAt != right.seenAt { return left.seenAt > right.seenAt }
            if left.trust != right.trust { return left.trust < right.trust }
            return isBefore(left, right)
        }
    }

    private static func isBefore(_ left: Sighting, _ right: Sighting) -> Bool {
        if left.seenAt != right.seenAt { return left.seenAt > right.seenAt }
        if left.feed != right.feed { return left.feed < right.feed }
        return left.entry != right.entry && canonical(left.entry) < canonical(right.entry)
    }

    /// Decides only between two entries that one feed gave at one moment.
    private static func canonical(_ entry: Entry) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(entry)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
