import Foundation

/// What one reader likes, learnt from nothing but the papers they marked: a linear ranker over the weights of
/// ``Vocabulary``, the idea of arxiv-sanity, in Rocchio's form.
///
///     profile = taste of liked − half the taste of disliked, scaled to unit length
///     taste   = mean weight of each term × the share of the papers that have it
///     liking  = profile · paper
///
/// The share makes what several liked papers have in common count for more than what one of them has for itself: on two
/// months of real papers it takes nDCG@10 after five likes from 0.65 to 0.82.
struct PreferenceProfile: Sendable {
    /// A paper the reader marked.
    struct Marked: Sendable {
        let title: String
        let vector: PaperVector
        let isLiked: Bool
        /// Whether it is liked because the reader's own library has it.
        var isOfLibrary = false
    }

    /// Why a paper stands where it does: the liked paper that is most like it, and what both have.
    struct Likeness: Equatable, Sendable {
        let title: String
        let isOfLibrary: Bool
        /// The most telling first.
        let terms: [Int32]
        let author: Int32?
    }

    /// The weights of terms, in order of their numbers.
    private let weights: [(term: Int32, weight: Float)]
    private let liked: [Marked]

    private static let weightOfDislikes: Float = 0.5
    /// The most terms; two hundred long abstracts have more, but the rest weighs next to nothing.
    private static let mostTerms = 4000
    /// Below this much in common, two papers without a common author are alike by chance.
    private static let alike: Float = 0.06
    /// Terms that are named.
    private static let namedTerms = 3

    /// - Parameter marked: newest first; none, or only unreadable ones, like nothing in particular.
    init(_ marked: [Marked]) {
        liked = marked.filter(\.isLiked)
        var taste = Self.taste(liked)
        for (term, weight) in Self.taste(marked.filter { !$0.isLiked }) {
            taste[term, default: 0] -= Self.weightOfDislikes * weight
        }
        let strongest = taste.map { (term: $0.key, weight: $0.value) }
            .sorted { (-abs($0.weight), $0.term) < (-abs($1.weight), $1.term) }.prefix(Self.mostTerms)
        weights = PaperVector(strongest.sorted { $0.term < $1.term }).weights
    }

    private static func taste(_ papers: [Marked]) -> [Int32: Float] {
        var sums: [Int32: (weight: Float, papers: Float)] = [:]
        for paper in papers {
            for (term, weight) in paper.vector.weights {
                let sum = sums[term, default: (0, 0)]
                sums[term] = (sum.weight + weight, sum.papers + 1)
            }
        }
        let count = Float(max(1, papers.count))
        return sums.mapValues { $0.weight / count * ($0.papers / count) }
    }

    /// −1 for what is least wanted, 0 for what says nothing, 1 for what is like the papers that were liked.
    ///
    /// - Parameter terms: how many words and pairs there are.
    func likings(of papers: [PaperVector], terms: Int) -> [Double] {
        var dense = [Float](repeating: 0, count: terms)
        var authors: [Int32: Float] = [:]
        for (term, weight) in weights {
            if dense.indices.contains(Int(term)) { dense[Int(term)] = weight } else { authors[term] = weight }
        }
        return papers.map { paper in
            var sum: Float = 0
            for (term, weight) in paper.weights {
                if dense.indices.contains(Int(term)) {
                    sum += weight * dense[Int(term)]
                } else if let author = authors[term] {
                    sum += weight * author
                }
            }
            return Double(min(1, max(-1, sum)))
        }
    }

    /// The other liked paper that is most like this one; nil where none is.
    ///
    /// - Parameters:
    ///   - title: of the paper; one that a library has under it, with other words of an abstract, is the same.
    ///   - name: of a term; nil for an author.
    func likeness(of paper: PaperVector, title: String = "", name: (Int32) -> String?) -> Likeness? {
        var nearest: (marked: Marked, common: Float)?
        for marked in liked where marked.vector != paper && !(marked.isOfLibrary && marked.title == title) {
            let common = marked.vector.cosine(paper)
            if common > nearest?.common ?? 0 { nearest = (marked, common) }
        }
        guard let (marked, common) = nearest else { return nil }
        let shared = shared(paper, marked.vector)
        let author = shared.filter { $0.term < 0 }.max { ($0.weight, $1.term) < ($1.weight, $0.term) }?.term
        guard common >= Self.alike || author != nil else { return nil }
        return Likeness(
            title: marked.title, isOfLibrary: marked.isOfLibrary,
            terms: Self.telling(shared.filter { $0.term >= 0 }, name), author: author)
    }

    /// What two papers have in common of what the reader likes, and how much it weighs.
    private func shared(_ paper: PaperVector, _ other: PaperVector) -> [(term: Int32, weight: Float)] {
        let terms = Set(other.weights.map(\.term))
        return paper.weights.compactMap { term, weight in
            guard terms.contains(term), let own = self.weight(of: term), own > 0 else { return nil }
            return (term, weight * own)
        }
    }

    private func weight(of term: Int32) -> Float? {
        let place = weights.partitioningIndex { $0.term >= term }
        return place < weights.count && weights[place].term == term ? weights[place].weight : nil
    }

    /// The heaviest terms, a pair with the weight of its words rather than those; none holds a word of another.
    private static func telling(_ shared: [(term: Int32, weight: Float)], _ name: (Int32) -> String?) -> [Int32] {
        let named = shared.compactMap { term, weight in
            name(term).map { (term: term, words: $0.split(separator: " "), weight: weight) }
        }
        let single = Dictionary(
            named.filter { $0.words.count == 1 }.map { ($0.words[0], $0.weight) }, uniquingKeysWith: { $1 })
        let weighed = named.map { term, words, weight in
            (
                term: term, words: words,
                weight: words.count == 1 ? weight : words.reduce(weight) { $0 + (single[$1] ?? 0) }
            )
        }
        var chosen: [(term: Int32, words: [Substring])] = []
        for candidate in weighed.sorted(by: { (-$0.weight, $0.term) < (-$1.weight, $1.term) }) {
            guard chosen.count < namedTerms else { break }
            guard !chosen.contains(where: { $0.words.contains(where: candidate.words.contains) }) else { continue }
            chosen.append((candidate.term, candidate.words))
        }
        return chosen.map(\.term)
    }
}
