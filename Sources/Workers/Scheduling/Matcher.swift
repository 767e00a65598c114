import Filters
import Foundation
import Papers
import Site
import Store

/// The papers of one round, matched once against every filter that anyone in the round reads by.
struct Matcher: Sendable {
    /// In the order in which they surfaced.
    let papers: [StoredPaper]
    private let matches: FilterMatches
    private let topicIDs: [String: FilterID]
    private let filterIDs: [String: FilterID]

    /// - Parameter interests: of all subscribers in the round; a topic that is no longer offered matches nothing.
    init(papers: [StoredPaper], topics: Topics, interests: [Interests]) {
        var set = FilterSet()
        var topicIDs: [String: FilterID] = [:]
        for slug in Set(interests.flatMap(\.topics)) {
            if let topic = topics[slug: slug] { topicIDs[slug] = set.add(topic.filter) }
        }
        var filterIDs: [String: FilterID] = [:]
        for text in Set(interests.flatMap(\.filters)) {
            // Filters are checked before they are stored; one that an older program accepted matches nothing.
            if let filter = try? Filter(text) { filterIDs[text] = set.add(filter) }
        }
        self.papers = papers
        self.topicIDs = topicIDs
        self.filterIDs = filterIDs
        matches = set.matches(in: PaperBatch(papers.map(\.paper)))
    }

    /// What a reader may get: papers that surfaced after their last, that they have not had, and that match.
    ///
    /// A reader without topics and filters gets what curators listed, or everything where none lists anything.
    func candidates(for interests: Interests, after seq: Int64, had: Set<Int64>) -> [DigestItem] {
        let first = papers.partitioningIndex { $0.surfacedSeq > seq }
        func isNew(_ index: Int) -> Bool { index >= first && !had.contains(papers[index].seq) }
        if interests.isEmpty {
            let new = papers.indices.filter(isNew)
            let curated = new.filter { papers[$0].isCurated }
            return (curated.isEmpty ? new : curated).map { DigestItem(seq: papers[$0].seq) }
        }
        var items: [Int: DigestItem] = [:]
        for slug in interests.topics {
            guard let id = topicIDs[slug] else { continue }
            for index in matches[id] where isNew(index) {
                items[index, default: DigestItem(seq: papers[index].seq)].topics.append(slug)
            }
        }
        for text in interests.filters {
            guard let id = filterIDs[text] else { continue }
            for index in matches[id] where isNew(index) {
                items[index, default: DigestItem(seq: papers[index].seq)].filters.append(text)
            }
        }
        return items.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Whether any paper of the round surfaced again after `seq` though it was first seen before, so that it may have been
    /// sent already.
    func mayRepeat(after seq: Int64) -> Bool { papers.contains { $0.surfacedSeq > seq && $0.seq <= seq } }
}

extension Array {
    /// The first index whose element satisfies a condition that, once true, stays true.
    func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
