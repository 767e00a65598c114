import Core
import Store

/// Papers by one vocabulary, each worked out once.
final class PaperVectors: Sendable {
    let vocabulary: Vocabulary
    /// About 1 KB each.
    private let known: BoundedCache<Int64, PaperVector>

    /// - Parameter most: how many papers are kept.
    init(_ vocabulary: Vocabulary, most: Int = 20_000) {
        self.vocabulary = vocabulary
        known = BoundedCache(most: most)
    }

    func vector(of stored: StoredPaper) -> PaperVector {
        known.value(for: stored.seq) { vocabulary.vector(of: stored.paper) }
    }
}
