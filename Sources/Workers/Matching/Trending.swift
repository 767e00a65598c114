import Digests
import Foundation
import Store

/// How far back a page of trending papers looks.
public enum TrendingPeriod: String, Sendable, CaseIterable {
    case day, week, month

    /// In seconds.
    var length: TimeInterval {
        switch self {
        case .day: 86_400
        case .week: 7 * 86_400
        case .month: 30 * 86_400
        }
    }

    /// In seconds: over a week or month, votes say more than freshness does.
    var halfLife: TimeInterval { max(Ranking.dailyHalfLife, length) }
}

/// What trended in a period, for everybody: what curators listed, or everything where none listed anything.
public struct Trending: Sendable {
    /// The best first.
    public let papers: [StoredPaper]
    /// When the newest of them became news; nil where there is none.
    public let newest: Date?

    /// The most papers of a period that are ranked.
    private static let most = 2000

    /// The day is the latest that had papers; weeks and months end now.
    public init(_ period: TrendingPeriod, in installation: Installation) async throws {
        let store = installation.database.papers
        let now = installation.clock.now
        let found =
            period == .day
            ? try await store.ofLatestDay(limit: Self.most)
            : try await store.surfaced(since: now.addingTimeInterval(-period.length), limit: Self.most)
        let curated = found.filter(\.isCurated)
        let shown = curated.isEmpty ? found : curated
        let ranking = Ranking(
            now: now, halfLife: period.halfLife,
            attention: Attention(shown.map { ($0.paper, $0.paper.categories.first) }))
        papers = shown.map { stored in
            let rank = ranking.rank(
                of: stored.paper, seq: stored.seq, field: stored.paper.categories.first, surfacedAt: stored.surfacedAt)
            return (rank: rank, stored: stored)
        }.sorted { $0.rank < $1.rank }.map(\.stored)
        newest = shown.last?.surfacedAt
    }
}
