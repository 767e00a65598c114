import Filters
import Foundation
import Papers
import Store

/// What a filter finds, before anybody reads by it.
public struct FilterTrial: Sendable {
    /// A paper that was found.
    public struct Found: Sendable {
        public let paper: Paper
        /// When it became news here and its number; nil for papers of a document.
        public let surfacedAt: Date?
        public let seq: Int64?
        /// As written in the filter, see `Filter.hits(in:standing:)`.
        public let terms: [String]
    }

    /// In the order in which the papers became news, or in that of the document.
    public let found: [Found]
    /// How many papers were looked at.
    public let looked: Int

    private init(found: [Found], looked: Int) {
        self.found = found
        self.looked = looked
    }

    private init(
        _ filter: Filter, _ papers: [(paper: Paper, stored: StoredPaper?)], standings: [PaperID: PaperStanding]
    ) {
        let found = Self.found([filter], papers, standings: standings)
        self.init(found: found.first ?? [], looked: papers.count)
    }

    /// What each of some filters finds, in their order.
    private static func found(
        _ filters: [Filter], _ papers: [(paper: Paper, stored: StoredPaper?)], standings: [PaperID: PaperStanding],
        withTerms: Bool = true
    ) -> [[Found]] {
        var set = FilterSet()
        let ids = filters.map { set.add($0) }
        let matches = set.matches(in: PaperBatch(papers.map(\.paper), standings: standings))
        return zip(filters, ids).map { filter, id in
            matches[id].map { index in
                let (paper, stored) = papers[index]
                let terms =
                    withTerms ? filter.hits(in: paper, standing: standings[paper.id] ?? PaperStanding()) : []
                return Found(paper: paper, surfacedAt: stored?.surfacedAt, seq: stored?.seq, terms: terms)
            }
        }
    }

    /// Several filters at once, each for itself, among the papers that became news since a moment; of more than `limit` the
    /// newest. The terms that were found are not looked for.
    public static func each(
        of filters: [Filter], since start: Date, limit: Int, in installation: Installation
    ) async throws -> [FilterTrial] {
        guard !filters.isEmpty else { return [] }
        let stored = try await installation.database.papers.surfaced(since: start, limit: limit)
        let standings = try await PaperStandings.of(
            stored, asksForSightings: filters.contains(where: \.asksForSightings), in: installation.database)
        let papers = stored.map { ($0.paper, Optional($0)) }
        return found(filters, papers, standings: standings, withTerms: false).map {
            FilterTrial(found: $0, looked: stored.count)
        }
    }

    /// Among the entries of one feed.
    ///
    /// - Parameter feed: the address or name that `feed:` looks in.
    public init(_ filter: Filter, entries: [Entry], feed: String) {
        let standings = Dictionary(
            entries.map {
                ($0.id, PaperStanding(feeds: [feed], announceTypes: Set([$0.announceType].compactMap(\.self))))
            },
            uniquingKeysWith: { first, _ in first })
        self.init(filter, entries.map { (Paper($0), nil) }, standings: standings)
    }

    /// Among the newest stored papers.
    public init(_ filter: Filter, newest: Int, in installation: Installation) async throws {
        let stored = try await installation.database.papers.newest(limit: newest)
        try await self.init(filter, stored, in: installation.database)
    }

    /// Among the papers that became news since a moment; of more than `limit` the newest.
    public init(_ filter: Filter, since start: Date, limit: Int, in installation: Installation) async throws {
        let stored = try await installation.database.papers.surfaced(since: start, limit: limit)
        try await self.init(filter, stored, in: installation.database)
    }

    private init(_ filter: Filter, _ stored: [StoredPaper], in database: Database) async throws {
        let standings = try await PaperStandings.of(
            stored, asksForSightings: filter.asksForSightings, in: database)
        self.init(filter, stored.map { ($0.paper, $0) }, standings: standings)
    }
}
