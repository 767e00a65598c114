import Foundation
import Papers

/// The order of papers in digests and on the day's page.
///
///     score = (1 + log2(1 + upvotes + comments)) × 0.5 ^ (age / half-life)
///
/// The logarithm makes the step from 5 to 10 votes worth as much as that from 50 to 100; the 1 before it lets papers that
/// nobody has voted on yet be ordered by freshness. Age counts from when this installation first saw the paper, because a
/// feed's own dates name the day of the manuscript, which may lie months back. With the half-life of two days, a paper of
/// yesterday needs about twice the votes of one of today.
public struct DigestRanking: Sendable {
    public let now: Date
    /// Seconds in which a score halves.
    public let halfLife: TimeInterval

    public init(now: Date, halfLife: TimeInterval = 48 * 3600) {
        self.now = now
        self.halfLife = halfLife
    }

    /// The formula above; a paper seen in the future is as fresh as one seen now.
    public func score(upvotes: Int, comments: Int, firstSeenAt: Date) -> Double {
        let age = max(0, now.timeIntervalSince(firstSeenAt))
        let votes = Double(max(0, upvotes)) + Double(max(0, comments))
        return (1 + log2(1 + votes)) * pow(0.5, age / halfLife)
    }

    /// The place of one paper; the smallest rank stands first.
    public func rank(of paper: Paper, seq: Int64, firstSeenAt: Date) -> DigestRank {
        DigestRank(
            isPinned: paper.pin != nil,
            score: score(upvotes: paper.upvotes, comments: paper.comments, firstSeenAt: firstSeenAt),
            upvotes: paper.upvotes, seq: seq)
    }
}

/// Where a paper stands among others: what the editor pinned first, then by score, then votes, then the one seen first, so that no two share a place.
public struct DigestRank: Hashable, Comparable, Sendable {
    public let isPinned: Bool
    public let score: Double
    public let upvotes: Int
    public let seq: Int64

    public static func < (left: DigestRank, right: DigestRank) -> Bool {
        if left.isPinned != right.isPinned { return left.isPinned }
        if left.score != right.score { return left.score > right.score }
        if left.upvotes != right.upvotes { return left.upvotes > right.upvotes }
        return left.seq < right.seq
    }
}
