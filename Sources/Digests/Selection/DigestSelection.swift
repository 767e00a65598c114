import Foundation
import Papers

/// A paper that one reader may get.
public struct DigestCandidate: Hashable, Sendable {
    public var paper: Paper
    /// The order of first sighting, unique.
    public var seq: Int64
    public var firstSeenAt: Date
    /// The titles of the topics and the filters that matched.
    public var reasons: [String]

    public init(paper: Paper, seq: Int64, firstSeenAt: Date, reasons: [String] = []) {
        self.paper = paper
        self.seq = seq
        self.firstSeenAt = firstSeenAt
        self.reasons = reasons
    }
}

/// What a reader wants to be chosen.
public enum DigestInterest: Sendable {
    /// Only what a topic or filter matched.
    case matches
    /// Whatever trends: the reader has neither topic nor filter.
    case trending
}

/// One reader's digest: the best candidates in order, and how many more there were.
public struct DigestSelection: Sendable {
    public let picks: [Pick]
    /// The `seq` of each pick, in the same order.
    public let seqs: [Int64]
    /// Candidates beyond the cap.
    public let more: Int

    /// Ranks the candidates and keeps at most `maxPapers`. A paper that comes twice counts once, for all its reasons.
    public init(
        from candidates: [DigestCandidate], interest: DigestInterest, maxPapers: Int, ranking: DigestRanking
    ) {
        let wanted: [DigestCandidate]
        switch interest {
        case .matches: wanted = candidates.filter { !$0.reasons.isEmpty }
        case .trending: wanted = candidates
        }
        let ranked = Self.united(wanted)
            .map { (rank: ranking.rank(of: $0.paper, seq: $0.seq, firstSeenAt: $0.firstSeenAt), candidate: $0) }
            .sorted { $0.rank < $1.rank }
            .map(\.candidate)
        let kept = ranked.prefix(max(0, maxPapers))
        picks = kept.map { Pick(paper: $0.paper, reasons: $0.reasons) }
        seqs = kept.map(\.seq)
        more = ranked.count - kept.count
    }

    private static func united(_ candidates: [DigestCandidate]) -> [DigestCandidate] {
        var places: [PaperID: Int] = [:]
        var united: [DigestCandidate] = []
        for candidate in candidates {
            if let place = places[candidate.paper.id] {
                let new = candidate.reasons.filter { !united[place].reasons.contains($0) }
                united[place].reasons += new
            } else {
                places[candidate.paper.id] = united.count
                united.append(candidate)
            }
        }
        return united
    }
}
