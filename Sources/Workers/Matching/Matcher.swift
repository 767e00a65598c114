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
    private let filters: ReaderFilters
    private let found = MatchReasons()
    /// The most particular topic of each paper.
    private let fields: [String?]

    /// - Parameters:
    ///   - standings: what `feed:` and `is:` ask for, see ``PaperStandings``.
    ///   - filters: of all subscribers in the round; a topic that is no longer offered matches nothing.
    init(papers: [StoredPaper], standings: [PaperID: PaperStanding] = [:], filters: ReaderFilters) {
        self.papers = papers
        self.standings = standings
        self.filters = filters
        let matches = filters.set.matches(in: PaperBatch(papers.map(\.paper), standings: standings))
        self.matches = matches
        titleMatches = filters.set.matches(in: PaperBatch(papers.map { $0.paper.withTitleOnly }, standings: standings))
        var fields: [String?] = papers.map { $0.paper.categories.first }
        // From the largest topic to the smallest, so that the most particular one stays.
        for (slug, id) in filters.topicIDs.sorted(by: { matches.count(of: $0.id) > matches.count(of: $1.id) }) {
            for index in matches[id] { fields[index] = slug }
        }
        self.fields = fields
    }

    /// Whether the round was matched against everything that somebody reads by; not where a filter was stored meanwhile.
    func covers(_ interests: Interests) -> Bool { interests.filterTexts.allSatisfy(filters.knows) }

    /// The field in which a paper's votes are compared: its most particular topic, else its primary category.
    func field(of index: Int) -> String? { fields[index] }

    /// What a reader may get: papers that surfaced after their last, that they have not had, and that match.
    ///
    /// A reader without topics and filters gets what curators listed, or everything where none lists anything. Papers of
    /// authors whom the reader follows come beside either.
    func candidates(for interests: Interests, after seq: Int64, had: Set<Int64>) -> [Candidate] {
        let first = papers.partitioningIndex { $0.surfacedSeq > seq }
        func isNew(_ index: Int) -> Bool { index >= first && !had.contains(papers[index].seq) }
        var found: [Int: Candidate] = [:]
        if interests.isEmpty {
            let new = papers.indices.filter(isNew)
            let curated = new.filter { papers[$0].isCurated }
            let trending = curated.isEmpty ? new : curated
            if interests.authors.isEmpty { return trending.map { candidate($0) } }
            for index in trending { found[index] = candidate(index) }
        }
        for slug in interests.topics {
            guard let topic = filters.id(ofTopic: slug) else { continue }
            for index in matches[topic] where isNew(index) {
                var paper = found[index] ?? candidate(index)
                paper.item.topics.append(slug)
                let strength = strength(topic, of: index)
                if paper.item.group == nil || strength > paper.match { paper.item.group = slug }
                paper.match = max(paper.match, strength)
                found[index] = paper
            }
        }
        for text in interests.filters {
            guard let filter = filters.id(ofFilter: text) else { continue }
            for index in matches[filter] where isNew(index) {
                var paper = found[index] ?? candidate(index)
                paper.item.filters.append(text)
                paper.match = max(paper.match, strength(filter, of: index))
                found[index] = paper
            }
        }
        for author in interests.authors {
            guard let filter = filters.id(ofFilter: author.filter) else { continue }
            for index in matches[filter] where isNew(index) {
                var paper = found[index] ?? candidate(index)
                paper.followed.append(author)
                paper.match = max(paper.match, strength(filter, of: index))
                found[index] = paper
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The authors of a candidate whom the reader follows, as the paper writes them.
    func followed(_ candidate: Candidate) -> [String] {
        guard !candidate.followed.isEmpty else { return [] }
        return papers[candidate.index].paper.authors.map(\.name).filter { name in
            candidate.followed.contains { $0.matches(name) }
        }
    }

    /// What else is new to a reader: all that curators listed beside the candidates, or everything where none lists anything.
    func beyond(_ candidates: [Candidate], for interests: Interests, after seq: Int64, had: Set<Int64>) -> [Candidate] {
        guard !interests.isEmpty else { return [] }
        let own = Set(candidates.map(\.index))
        return self.candidates(for: Interests(), after: seq, had: had).filter { !own.contains($0.index) }
    }

    /// The terms of a reader's topics and filters that are found in a paper, by topic slug or filter text.
    func terms(of candidate: Candidate) -> [String: [String]] {
        var terms: [String: [String]] = [:]
        for slug in candidate.item.topics {
            guard let id = filters.id(ofTopic: slug) else { continue }
            terms[slug] = self.terms(id, in: candidate.index) { filters.topics[slug: slug]?.filter }
        }
        for text in candidate.item.filters {
            guard let id = filters.id(ofFilter: text) else { continue }
            terms[text] = self.terms(id, in: candidate.index) { try? Filter(text) }
        }
        return terms
    }

    private func terms(_ id: FilterID, in index: Int, filter: () -> Filter?) -> [String] {
        let paper = papers[index].paper
        return found.terms(of: id, in: index, filter: filter) {
            PaperText(paper, standings[paper.id] ?? PaperStanding())
        }
    }

    private func candidate(_ index: Int) -> Candidate {
        Candidate(index: index, item: DigestItem(seq: papers[index].seq))
    }

    private func strength(_ id: FilterID, of index: Int) -> Double {
        MatchStrength.of(
            found: matches.count(of: id), among: papers.count, inTitle: titleMatches.contains(index, for: id))
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
