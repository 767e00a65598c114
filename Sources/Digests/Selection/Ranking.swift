import Foundation
import Papers

/// The order of papers in digests and on pages; nothing else orders them.
///
///     score = (1 + popularity + match) × 0.5 ^ (age / half-life) + liking
///
/// - *popularity*: see ``Popularity``; 1 is usual for the field. The 1 before it lets papers that nobody has voted on yet be
///   ordered by freshness. For a reader who marked papers it is `tanh(popularity)`, below 1 whatever the votes, so that they
///   order what the reader likes equally well and do not drown the rest.
/// - *match*: how well the paper fits what one reader asked for, 0 to 1, see ``MatchStrength``; 0 where nobody asked.
/// - *liking*: how much it is like the papers the reader marked, against the others of the same mail, −3 to 3, see
///   ``Liking``. It does not grow old.
/// - *age*: counts from when the paper became news here, because a feed's own dates name the day of the manuscript, which
///   may lie months back. A paper "from the future" is as fresh as one of now. In a mail only the age beyond the time from
///   one of the reader's mails to the next counts: a weekly mail is not ordered by the days of its week.
///
/// What the editor pinned stands before everything else.
public struct Ranking: Sendable {
    public let now: Date
    /// Seconds in which a score halves.
    public let halfLife: TimeInterval
    private let popularity: Popularity

    /// For digests and the day's page: a paper of yesterday needs about twice the popularity of one of today.
    public static let dailyHalfLife: TimeInterval = 2 * 86_400

    public init(now: Date, halfLife: TimeInterval = dailyHalfLife, popularity: Popularity) {
        self.now = now
        self.halfLife = max(1, halfLife)
        self.popularity = popularity
    }

    /// The formula above.
    ///
    /// - Parameters:
    ///   - liking: nil for a reader without marks.
    ///   - interval: seconds of age that do not count.
    public func score(
        of paper: Paper, field: String?, surfacedAt: Date, match: Double = 0, liking: Double? = nil,
        interval: TimeInterval = 0
    ) -> Double {
        let age = max(0, now.timeIntervalSince(surfacedAt) - interval)
        let popularity = popularity(of: paper, field: field)
        let notice = liking == nil ? popularity : tanh(popularity)
        return (1 + notice + match) * exp2(-age / halfLife) + (liking ?? 0)
    }

    /// See ``Popularity/relative(of:field:)``.
    public func popularity(of paper: Paper, field: String?) -> Double { popularity.relative(of: paper, field: field) }

    /// The place of one paper by ``score(of:field:surfacedAt:match:liking:interval:)``; the smallest rank stands first.
    public func rank(
        of paper: Paper, seq: Int64, field: String?, surfacedAt: Date, match: Double = 0, liking: Double? = nil,
        interval: TimeInterval = 0
    ) -> Rank {
        Rank(
            isPinned: paper.pin != nil,
            score: score(
                of: paper, field: field, surfacedAt: surfacedAt, match: match, liking: liking, interval: interval),
            upvotes: paper.upvotes, seq: seq)
    }
}

/// Where a paper stands among others: what the editor pinned first, then by score, then votes, then the one seen first, so
/// that no two share a place.
public struct Rank: Hashable, Comparable, Sendable {
    public let isPinned: Bool
    public let score: Double
    public let upvotes: Int
    public let seq: Int64

    public static func < (left: Rank, right: Rank) -> Bool {
        if left.isPinned != right.isPinned { return left.isPinned }
        if left.score != right.score { return left.score > right.score }
        if left.upvotes != right.upvotes { return left.upvotes > right.upvotes }
        return left.seq < right.seq
    }
}

/// How well a paper fits a topic or filter, 0 to 1: rare over common, title over abstract.
public enum MatchStrength {
    /// Half of it is for rarity, `ln(papers / found) / ln(papers)`: 1 for the only paper that was found, 0 for a filter that
    /// finds all. It counts whole where the title alone matches, and half otherwise.
    ///
    /// - Parameters:
    ///   - found: how many of the papers looked at the filter finds, this one among them.
    ///   - papers: how many were looked at.
    public static func of(found: Int, among papers: Int, inTitle: Bool) -> Double {
        let rarity = papers > 1 ? log(Double(papers) / Double(max(1, found))) / log(Double(papers)) : 1
        return (0.5 + rarity / 2) * (inTitle ? 1 : 0.5)
    }
}
