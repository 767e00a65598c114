import Digests
import Foundation
import Store

/// Chooses and orders the papers of digests, by `Ranking`.
struct DigestPicker: Sendable {
    private let matcher: Matcher
    private let ranking: Ranking

    init(_ matcher: Matcher, now: Date) {
        self.matcher = matcher
        let compared = matcher.papers.indices.map { (matcher.papers[$0].paper, matcher.field(of: $0)) }
        ranking = Ranking(now: now, attention: Attention(compared))
    }

    /// The best of a reader's candidates, at most `limit`, by group; nil where there is none.
    func contents(of candidates: [Candidate], limit: Int) -> DigestContents? {
        guard !candidates.isEmpty else { return nil }
        let ordered = order(candidates)
        let kept = Self.grouped(ordered.prefix(max(1, limit)).map { ($0, isPinned($0)) })
        let items = kept.map { candidate in
            var item = candidate.item
            let terms = matcher.terms(of: candidate)
            item.terms = terms.isEmpty ? nil : terms
            return item
        }
        return DigestContents(items: items, more: ordered.count - kept.count)
    }

    /// The best first.
    func order(_ candidates: [Candidate]) -> [Candidate] {
        candidates.map { (rank: rank(of: $0), candidate: $0) }.sorted { $0.rank < $1.rank }.map(\.candidate)
    }

    func rank(of candidate: Candidate) -> Rank {
        let stored = matcher.papers[candidate.index]
        return ranking.rank(
            of: stored.paper, seq: stored.seq, field: matcher.field(of: candidate.index),
            surfacedAt: stored.surfacedAt, match: candidate.match)
    }

    private func isPinned(_ candidate: Candidate) -> Bool { matcher.papers[candidate.index].paper.pin != nil }

    /// Pinned papers first, then each group as one block, where its best paper would stand.
    private static func grouped(_ ranked: [(candidate: Candidate, isPinned: Bool)]) -> [Candidate] {
        var blocks: [String?: [Candidate]] = [:]
        var order: [String?] = []
        for (candidate, isPinned) in ranked where !isPinned {
            let group = candidate.item.group
            if blocks[group] == nil { order.append(group) }
            blocks[group, default: []].append(candidate)
        }
        return ranked.filter(\.isPinned).map(\.candidate) + order.flatMap { blocks[$0] ?? [] }
    }
}
