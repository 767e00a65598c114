import Filters
import Synchronization

/// Which terms of a filter are found in a paper of the round: worked out once, however many readers ask by that filter.
final class MatchReasons: Sendable {
    private struct Pair: Hashable {
        let filter: FilterID
        let paper: Int
    }

    private struct Memory {
        var texts: [Int: PaperText] = [:]
        var terms: [Pair: [String]] = [:]
    }

    private let memory = Mutex(Memory())

    /// - Parameters:
    ///   - paper: its place in the round.
    ///   - filter: reads the filter; called once for each pair at most.
    ///   - text: cuts the paper into words; called once for each paper at most.
    func terms(of id: FilterID, in paper: Int, filter: () -> Filter?, text: () -> PaperText) -> [String] {
        memory.withLock { memory in
            let pair = Pair(filter: id, paper: paper)
            if let known = memory.terms[pair] { return known }
            let words = memory.texts[paper] ?? text()
            memory.texts[paper] = words
            let terms = filter()?.hits(in: words) ?? []
            memory.terms[pair] = terms
            return terms
        }
    }
}
