import Filters
import Foundation
import Papers

/// A paper as weights of its words, of unit length: TF-IDF, `(1 + ln count) × ln(papers / papers with the word)`.
struct PaperVector: Sendable, Equatable {
    let weights: [(term: Int32, weight: Float)]

    /// - Parameter weights: scaled to unit length here.
    init(_ weights: [(term: Int32, weight: Float)]) {
        let length = weights.reduce(Float(0)) { $0 + $1.weight * $1.weight }.squareRoot()
        self.weights = length > 0 ? weights.map { ($0.term, $0.weight / length) } : []
    }

    static func == (left: PaperVector, right: PaperVector) -> Bool {
        left.weights.elementsEqual(right.weights) { $0 == $1 }
    }

    /// How much two papers have in common: 0 for nothing, 1 for all. Both have their terms in order.
    func cosine(_ other: PaperVector) -> Float {
        var sum: Float = 0
        var (left, right) = (weights.startIndex, other.weights.startIndex)
        while left < weights.endIndex, right < other.weights.endIndex {
            let (mine, its) = (weights[left], other.weights[right])
            if mine.term == its.term { sum += mine.weight * its.weight }
            if mine.term <= its.term { left += 1 }
            if its.term <= mine.term { right += 1 }
        }
        return sum
    }
}

/// How common words are among some papers, so that what papers share by chance weighs nothing.
struct Vocabulary: Sendable {
    private var terms: [String: Int32] = [:]
    private var found: [Float] = []
    private let papers: Float

    init(_ papers: some Collection<Paper>) {
        self.papers = Float(papers.count)
        for paper in papers {
            for word in PaperTerms.counts(of: paper).keys {
                let term = number(of: word)
                found[Int(term)] += 1
            }
        }
    }

    /// - Returns: words in a fixed order; a word that none of the papers has counts as one that one of them has.
    mutating func vector(of paper: Paper) -> PaperVector {
        let counts = PaperTerms.counts(of: paper).map { (term: number(of: $0.key), count: $0.value) }
        return PaperVector(
            counts.sorted { $0.term < $1.term }.compactMap { term, count in
                let rarity = log(max(papers, 2) / max(1, found[Int(term)]))
                return rarity > 0 ? (term, (1 + log(Float(count))) * rarity) : nil
            })
    }

    private mutating func number(of word: String) -> Int32 {
        if let term = terms[word] { return term }
        let term = Int32(found.count)
        terms[word] = term
        found.append(0)
        return term
    }
}
