import Digests
import Foundation
import Store

/// How far back a page of trending papers looks.
public enum TrendingPeriod: String, Sendable, CaseIterable {
    case day, week, month
    /// What has most notice now: a week's papers, in which freshness counts as on the day's page.
    case now

    /// In seconds.
    var length: TimeInterval {
        switch self {
        case .day: 86_400
        case .week, .now: 7 * 86_400
        case .month: 30 * 86_400
        }
    }

    /// In seconds: over a week or month, votes say more than freshness does.
    var halfLife: TimeInterval { self == .now ? Ranking.dailyHalfLife : max(Ranking.dailyHalfLife, length) }
}

/// What trended in a period, for everybody: what curators listed, or everything where none listed anything.
public struct Trending: Sendable {
    /// The best first.
    public let papers: [StoredPaper]
    /// When the newest of them became news; nil where there is none.
    public let newest: Date?

    /// The most papers of a period that are ranked.
    private static let most = 2000

    /// The day is the latest that had papers, in the site's zone; the others end now.
    public init(_ period: TrendingPeriod, in installation: Installation) async throws {
        let store = installation.database.papers
        let now = installation.clock.now
        guard period == .day else {
            self.init(
                try await store.surfaced(since: now.addingTimeInterval(-period.length), limit: Self.most), now: now,
                halfLife: period.halfLife)
            return
        }
        guard let latest = try await store.lastSurfacing(before: .distantFuture) else {
            self.init([], now: now, halfLife: period.halfLife)
            return
        }
        try await self.init(
            ListPeriod(.day, of: latest, in: installation.settings.digestTimeZone), in: installation)
    }

    /// What trended on a day, in a week or in a month of the past, as one saw it at its end.
    public init(_ period: ListPeriod, in installation: Installation) async throws {
        let moments = period.moments(in: installation.settings.digestTimeZone)
        let found = try await installation.database.papers.surfaced(
            from: moments.lowerBound, until: moments.upperBound, limit: Self.most)
        let length = moments.upperBound.timeIntervalSince(moments.lowerBound)
        self.init(
            found, now: min(installation.clock.now, moments.upperBound), halfLife: max(Ranking.dailyHalfLife, length))
    }

    private init(_ found: [StoredPaper], now: Date, halfLife: TimeInterval) {
        let curated = found.filter(\.isCurated)
        let shown = curated.isEmpty ? found : curated
        let ranking = Ranking(
            now: now, halfLife: halfLife, popularity: Popularity(shown.map { ($0.paper, $0.paper.categories.first) }))
        papers = shown.map { stored in
            let rank = ranking.rank(
                of: stored.paper, seq: stored.seq, field: stored.paper.categories.first, surfacedAt: stored.surfacedAt)
            return (rank: rank, stored: stored)
        }.sorted { $0.rank < $1.rank }.map(\.stored)
        newest = shown.last?.surfacedAt
    }
}
