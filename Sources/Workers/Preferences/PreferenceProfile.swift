import Foundation

/// What one reader likes, learnt from nothing but the papers they marked: a linear ranker over TF-IDF weights, the idea of
/// arxiv-sanity, in Rocchio's form.
///
///     profile  = mean of liked − half the mean of disliked, scaled to unit length
///     affinity = 3 × profile · paper, cut to −1 … 1
///
/// Papers of one field have about 0.1 to 0.4 in common, so that a third counts as the same thing again.
struct PreferenceProfile: Sendable {
    /// A paper the reader marked.
    struct Marked: Sendable {
        let title: String
        let vector: PaperVector
        let isLiked: Bool
    }

    private let weights: [Int32: Float]
    private let liked: [Marked]

    private static let weightOfDislikes: Float = 0.5
    private static let scale: Float = 3
    /// Below this much in common, two papers are alike by chance.
    private static let alike: Float = 0.1

    /// - Parameter marked: newest first; none, or only unreadable ones, like nothing in particular.
    init(_ marked: [Marked]) {
        liked = marked.filter(\.isLiked)
        let disliked = marked.filter { !$0.isLiked }
        var weights: [Int32: Float] = [:]
        for (papers, sign) in [(liked, 1), (disliked, -Self.weightOfDislikes)] where !papers.isEmpty {
            for paper in papers {
                for (term, weight) in paper.vector.weights {
                    weights[term, default: 0] += sign * weight / Float(papers.count)
                }
            }
        }
        let length = weights.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        self.weights = length > 0 ? weights.mapValues { $0 / length } : [:]
    }

    /// −1 for what is least wanted, 0 for what says nothing, 1 for what is like the papers that were liked.
    func affinity(_ paper: PaperVector) -> Double {
        let common = paper.weights.reduce(Float(0)) { $0 + $1.weight * (weights[$1.term] ?? 0) }
        return Double(min(1, max(-1, Self.scale * common)))
    }

    /// The title of the other liked paper that is most like this one; nil where none is, or where it is unwanted on the whole.
    func because(_ paper: PaperVector) -> String? {
        guard affinity(paper) > 0 else { return nil }
        let own = Dictionary(paper.weights.map { ($0.term, $0.weight) }, uniquingKeysWith: +)
        let nearest = liked.filter { $0.vector != paper }.map { marked in
            (marked.title, marked.vector.weights.reduce(Float(0)) { $0 + $1.weight * (own[$1.term] ?? 0) })
        }.max { $0.1 < $1.1 }
        return nearest.flatMap { $0.1 >= Self.alike ? $0.0 : nil }
    }
}
