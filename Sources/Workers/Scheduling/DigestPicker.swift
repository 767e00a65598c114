import Digests
import Foundation
import Store

/// The papers of a round in their order, ranked once for all readers.
struct DigestPicker: Sendable {
    /// The place of each paper by its number; 0 stands first.
    private let places: [Int64: Int]

    init(papers: [StoredPaper], now: Date) {
        let ranking = DigestRanking(now: now)
        let ranked = papers.map { ranking.rank(of: $0.paper, seq: $0.seq, firstSeenAt: $0.surfacedAt) }.sorted()
        places = Dictionary(uniqueKeysWithValues: ranked.enumerated().map { ($1.seq, $0) })
    }

    /// The best of a reader's candidates, at most `limit`; nil where there is none.
    func contents(of items: [DigestItem], limit: Int) -> DigestContents? {
        guard !items.isEmpty else { return nil }
        let ordered = items.sorted { places[$0.seq, default: .max] < places[$1.seq, default: .max] }
        let kept = Array(ordered.prefix(max(1, limit)))
        return DigestContents(items: kept, more: ordered.count - kept.count)
    }
}
