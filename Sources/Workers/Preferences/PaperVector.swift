/// A paper as weights of its terms, of unit length, as a ``Vocabulary`` gives them.
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
