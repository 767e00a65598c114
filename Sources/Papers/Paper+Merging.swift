import Foundation

extension Paper {
    /// What all feeds together say about one paper: a pure function of the *set* of sightings, whatever their order.
    ///
    /// Each field comes from the best source that gives it: first by ``SourceTrust``, then the newest sighting, then by feed
    /// address. So arXiv's own text wins over a copy whose formulas were spoilt. Counts (upvotes, comments, stars) only ever
    /// grow stale, so they come from the newest sighting that gives them. Categories and keywords are united, the best
    /// source's first; the gravest status counts, whoever names it. Nil if there is no sighting.
    public init?(merging sightings: [Sighting]) {
        guard let merge = SightingMerge(sightings) else { return nil }
        self = merge.paper
    }

    /// Which feed (``Sighting/feed``) each field of the merged paper came from; fields that no feed gave are absent, and so
    /// are categories and keywords, which come from all.
    public static func fieldSources(merging sightings: [Sighting]) -> [PaperField: String] {
        SightingMerge(sightings)?.sources ?? [:]
    }
}

/// The fields of a paper that are taken from one source.
public enum PaperField: String, Sendable, Codable, CaseIterable {
    case title, abstract, content, authors, url, pdfURL, discussionURL, codeURL, projectURL, doi, journal, organization
    case synopsis, publishedAt, upvotes, comments, stars
}

/// One merge: the paper, and where each of its fields is from.
private struct SightingMerge {
    private(set) var paper: Paper
    private(set) var sources: [PaperField: String] = [:]
    private let ranked: [Sighting]
    private let newest: [Sighting]

    init?(_ sightings: [Sighting]) {
        ranked = SightingOrder.ranked(sightings)
        newest = SightingOrder.newestFirst(ranked)
        guard let id = Self.strongest(ranked.map(\.entry.id)), let first = ranked.first else { return nil }
        paper = Paper(first.entry)
        var entry = Entry(id: id, title: "")
        entry.title = text(.title) { $0.title } ?? ""
        entry.abstract = text(.abstract, \.abstract)
        entry.content = text(.content, \.content)
        entry.authors = take(.authors, from: ranked) { $0.authors.isEmpty ? nil : $0.authors } ?? []
        entry.categories = Self.united(ranked.map(\.entry.categories))
        entry.keywords = Self.united(ranked.map(\.entry.keywords))
        entry.url = text(.url, \.url)
        entry.pdfURL = text(.pdfURL, \.pdfURL)
        entry.discussionURL = text(.discussionURL, \.discussionURL)
        entry.codeURL = text(.codeURL, \.codeURL)
        entry.projectURL = text(.projectURL, \.projectURL)
        entry.doi = text(.doi, \.doi)
        entry.journal = text(.journal, \.journal)
        entry.organization = text(.organization, \.organization)
        let summed = take(.synopsis, from: ranked) { $0.synopsis?.isEmpty == false ? $0 : nil }
        (entry.synopsis, entry.synopsisWriter) = (summed?.synopsis, summed?.synopsisWriter)
        entry.published = published() ?? take(.publishedAt, from: ranked, \.updated)
        entry.upvotes = take(.upvotes, from: newest, \.upvotes)
        entry.comments = take(.comments, from: newest, \.comments)
        entry.stars = take(.stars, from: newest, \.stars)
        entry.status = ranked.compactMap(\.entry.status).max()
        paper = Paper(entry)
    }

    /// The first value in that order, and a note of who gave it.
    private mutating func take<Value>(_ field: PaperField, from order: [Sighting], _ value: (Entry) -> Value?) -> Value?
    {
        for sighting in order {
            guard let found = value(sighting.entry) else { continue }
            sources[field] = sighting.feed
            return found
        }
        return nil
    }

    private mutating func text(_ field: PaperField, _ value: (Entry) -> String?) -> String? {
        take(field, from: ranked) { value($0).flatMap { $0.isEmpty ? nil : $0 } }
    }

    /// Sightings that were joined over a journal's DOI carry several identifiers: the strongest names the paper.
    private static func strongest(_ ids: [PaperID]) -> PaperID? {
        let order = PaperID.Scheme.allCases
        return ids.min { left, right in
            if left.scheme == right.scheme { return left < right }
            return (order.firstIndex(of: left.scheme) ?? 0) < (order.firstIndex(of: right.scheme) ?? 0)
        }
    }

    /// In order of appearance, each once; letter case does not tell two apart.
    private static func united(_ lists: [[String]]) -> [String] {
        var seen: Set<String> = []
        return lists.joined().filter { seen.insert($0.lowercased()).inserted }
    }

    /// The best source's date, unless a source of rank names an earlier day: arXiv's listings give the day of announcement,
    /// and for a replacement that of the new version, while its API and Hugging Face give the first version's.
    private mutating func published() -> Date? {
        // A notice's date is not the paper's.
        let dated = ranked.filter { $0.entry.published != nil && $0.entry.announceType != .notice }
        guard let best = dated.first, let date = best.entry.published else { return nil }
        let rank = max(best.trust, .curator)
        let earliest = dated.filter { $0.trust <= rank }.min {
            ($0.entry.published ?? date) < ($1.entry.published ?? date)
        }
        guard let earliest, let early = earliest.entry.published, Self.day(early) < Self.day(date) else {
            sources[.publishedAt] = best.feed
            return date
        }
        sources[.publishedAt] = earliest.feed
        return early
    }

    private static func day(_ date: Date) -> Double { (date.timeIntervalSince1970 / 86_400).rounded(.down) }
}
