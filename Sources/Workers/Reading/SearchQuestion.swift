import Filters
import Papers
import Store

/// A filter that many papers are asked for, and how much of them has been looked through.
struct SearchQuestion {
    let filter: Filter
    /// Bytes of titles and abstracts that were cut into words.
    private(set) var textRead = 0
    private var set = FilterSet()
    private let id: FilterID

    init(_ filter: Filter) {
        self.filter = filter
        id = set.add(filter)
    }

    /// The papers that match, in their order. Those that their counts, links and dates rule out are not looked through.
    mutating func matching(_ papers: [StoredPaper], _ standings: [PaperID: PaperStanding]) -> [StoredPaper] {
        let possible = papers.filter {
            filter.mayMatch(factsOf: $0.paper, standing: standings[$0.paper.id] ?? PaperStanding())
        }
        guard !possible.isEmpty else { return [] }
        for stored in possible { textRead += stored.paper.title.utf8.count + stored.paper.abstract.utf8.count }
        let matches = set.matches(in: PaperBatch(possible.map(\.paper), standings: standings))
        return matches[id].map { possible[$0] }
    }
}
