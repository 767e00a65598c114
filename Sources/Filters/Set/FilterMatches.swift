/// Which papers of a batch each filter of a set asks for.
public struct FilterMatches: Sendable {
    /// How many papers the batch had.
    public let paperCount: Int
    /// One bit a paper, ``wordsPerFilter`` words a filter.
    private var bits: [UInt64]
    private let wordsPerFilter: Int

    init(filterCount: Int, paperCount: Int) {
        self.paperCount = paperCount
        wordsPerFilter = (paperCount + 63) / 64
        bits = Array(repeating: 0, count: filterCount * wordsPerFilter)
    }

    /// The papers that a filter asks for, as places in the batch, ascending; none for a filter that was not in the set.
    public subscript(filter: FilterID) -> [Int] {
        var papers: [Int] = []
        for (number, word) in words(of: filter).enumerated() {
            var rest = word
            while rest != 0 {
                papers.append(number * 64 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return papers
    }

    /// Whether a filter asks for the paper at one place of the batch.
    public func contains(_ paper: Int, for filter: FilterID) -> Bool {
        let words = words(of: filter)
        guard paper >= 0, paper < paperCount, !words.isEmpty else { return false }
        return words[words.startIndex + paper / 64] >> UInt64(paper % 64) & 1 == 1
    }

    /// How many papers a filter asks for.
    public func count(of filter: FilterID) -> Int { words(of: filter).reduce(0) { $0 + $1.nonzeroBitCount } }

    private func words(of filter: FilterID) -> ArraySlice<UInt64> {
        let start = filter.slot * wordsPerFilter
        return start + wordsPerFilter <= bits.count ? bits[start..<(start + wordsPerFilter)] : []
    }

    @inline(__always)
    mutating func store(_ papers: PaperBits, block: Int, slot: Int) {
        let start = slot * wordsPerFilter + block * 4
        for lane in 0..<min(4, wordsPerFilter - block * 4) { bits[start + lane] = papers[lane] }
    }
}
