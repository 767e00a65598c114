import Digests
import Filters
import Foundation
import Papers
import Site
import Store

/// The papers of one round, matched once against every topic and every filter that anyone in the round reads by.
struct Matcher: Sendable {
    /// In the order in which they surfaced.
    let papers: [StoredPaper]
    private let matches: FilterMatches
    /// What the titles alone match.
    private let titleMatches: FilterMatches
    private let standings: [PaperID: PaperStanding]
    private let topics: [String: Asked]
    private let filters: [String: Asked]
    private let found = FoundTerms()
    /// The most particular topic of each paper.
    private let fields: [String?]

    /// A filter and its place in the set.
    private struct Asked: Sendable {
        let filter: Filter
        let id: FilterID
    }

    /// - Parameters:
    ///   - standings: what `feed:` and `is:` ask for, see ``PaperStandings``.
    ///   - interests: of all subscribers in the round; a topic that is no longer offered matches nothing.
    init(
        papers: [StoredPaper], standings: [PaperID: PaperStanding] = [:], topics: Topics, interests: [Interests]
    ) {
        var set = FilterSet()
        // All topics, not only those read: they are the fields in which papers are compared.
        let asked = topics.all.map { (slug: $0.slug, asked: Asked(filter: $0.filter, id: set.add($0.filter))) }
        var filters: [String: Asked] = [:]
        for text in Set(interests.flatMap(\.filters)) {
            // Filters are checked before they are stored; one that an older program accepted matches nothing.
            if let filter = try? Filter(text) { filters[text] = Asked(filter: filter, id: set.add(filter)) }
        }
        self.papers = papers
        self.standings = standings
        self.topics = Dictionary(asked.map { ($0.slug, $0.asked) }, uniquingKeysWith: { first, _ in first })
        self.filters = filters
        let matches = set.matches(in: PaperBatch(papers.map(\.paper), standings: standings))
        self.matches = matches
        titleMatches = set.matches(in: PaperBatch(papers.map { $0.paper.withTitleOnly }, standings: standings))
        var fields: [String?] = papers.map { $0.paper.categories.first }
        // From the largest topic to the smallest, so that the most particular one stays.
        for (slug, topic) in asked.sorted(by: { matches.count(of: $0.asked.id) > matches.count(of: $1.asked.id) }) {
            for index in matches[topic.id] { fields[index] = slug }
        }
        self.fields = fields
    }

    /// The field in which a paper's votes are compared: its most particular topic, else its primary category.
    func field(of index: Int) -> String? { fields[index] }

    /// What a reader may get: papers that surfaced after their last, that they have not had, and that match.
    ///
    /// A reader without topics and filters gets what curators listed, or everything where none lists anything.
    func candidates(for interests: Interests, after seq: Int64, had: Set<Int64>) -> [Candidate] {
        let first = papers.partitioningIndex { $0.surfacedSeq > seq }
        func isNew(_ index: Int) -> Bool { index >= first && !had.contains(papers[index].seq) }
        if interests.isEmpty {
            let new = papers.indices.filter(isNew)
            let curated = new.filter { papers[$0].isCurated }
            return (curated.isEmpty ? new : curated).map { candidate($0) }
        }
        var found: [Int: Candidate] = [:]
        for slug in interests.topics {
            guard let topic = topics[slug] else { continue }
            let titles = Set(titleMatches[topic.id])
            for index in matches[topic.id] where isNew(index) {
                var paper = found[index] ?? candidate(index)
                paper.item.topics.append(slug)
                let strength = strength(topic, inTitle: titles.contains(index))
                if paper.item.group == nil || strength > paper.match { paper.item.group = slug }
                paper.match = max(paper.match, strength)
                found[index] = paper
            }
        }
        for text in interests.filters {
            guard let filter = filters[text] else { continue }
            let titles = Set(titleMatches[filter.id])
            for index in matches[filter.id] where isNew(index) {
                var paper = found[index] ?? candidate(index)
                paper.item.filters.append(text)
                paper.match = max(paper.match, strength(filter, inTitle: titles.contains(index)))
                found[index] = paper
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The terms of a reader's topics and filters that are found in a paper, by topic slug or filter text.
    func terms(of candidate: Candidate) -> [String: [String]] {
        let paper = papers[candidate.index].paper
        let standing = standings[paper.id] ?? PaperStanding()
        let asked =
            candidate.item.topics.map { ($0, topics[$0]) } + candidate.item.filters.map { ($0, filters[$0]) }
        return asked.reduce(into: [:]) { terms, asked in
            guard let filter = asked.1 else { return }
            terms[asked.0] = found.terms(of: filter.filter, filter.id, in: candidate.index) {
                PaperText(paper, standing)
            }
        }
    }

    private func candidate(_ index: Int) -> Candidate {
        Candidate(index: index, item: DigestItem(seq: papers[index].seq))
    }

    private func strength(_ asked: Asked, inTitle: Bool) -> Double {
        MatchStrength.of(found: matches.count(of: asked.id), among: papers.count, inTitle: inTitle)
    }

    /// Whether any paper of the round surfaced again after `seq` though it was first seen before, so that it may have been
    /// sent already.
    func mayRepeat(after seq: Int64) -> Bool { papers.contains { $0.surfacedSeq > seq && $0.seq <= seq } }
}

extension Paper {
    fileprivate var withTitleOnly: Paper {
        var paper = self
        paper.abstract = ""
        return paper
    }
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
