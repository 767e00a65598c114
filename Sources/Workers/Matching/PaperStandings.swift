import Filters
import Papers
import Store

extension Matcher {
    /// Matches stored papers, with what is known of them beside.
    init(papers: [StoredPaper], filters: ReaderFilters, in installation: Installation) async throws {
        let standings = try await PaperStandings.of(
            papers, asksForSightings: filters.asksForSightings, in: installation.database)
        self.init(papers: papers, standings: standings, filters: filters)
    }

    /// Matches stored papers with what one reader reads by.
    init(papers: [StoredPaper], for interests: Interests, in installation: Installation) async throws {
        let filters = ReaderFilters(installation.topics, texts: interests.filterTexts)
        try await self.init(papers: papers, filters: filters, in: installation)
    }
}

/// What `feed:` and `is:` ask of stored papers.
enum PaperStandings {
    /// The feeds' word is read only where some filter asks for it, since it is much to read.
    static func of(
        _ papers: [StoredPaper], asksForSightings: Bool, in database: Database
    ) async throws -> [PaperID: PaperStanding] {
        guard asksForSightings else {
            let pinned = papers.map(\.paper).filter { $0.pin != nil }
            return Dictionary(pinned.map { ($0.id, PaperStanding(isPinned: true)) }, uniquingKeysWith: { $1 })
        }
        let titles = Dictionary(
            try await database.feeds.all().map { ($0.url, $0.title) }, uniquingKeysWith: { first, _ in first })
        let sightings = try await database.papers.sightings(of: Set(papers.map(\.seq)))
        return Dictionary(
            papers.map { stored in
                let seen = sightings[stored.seq] ?? []
                var standing = PaperStanding(of: seen, isPinned: stored.paper.pin != nil)
                standing.feeds += seen.compactMap { titles[$0.feed] ?? nil }
                return (stored.paper.id, standing)
            }, uniquingKeysWith: { $1 })
    }
}
