/// One bit a paper, for 256 papers: what a test or a filter says about a block of a batch.
typealias PaperBits = SIMD4<UInt64>

extension PaperBits {
    static let papers = 256

    /// - Parameter paper: its place in the block.
    mutating func insert(_ paper: Int) { self[paper >> 6] |= 1 << UInt64(paper & 63) }

    func contains(_ paper: Int) -> Bool { self[paper >> 6] & 1 << UInt64(paper & 63) != 0 }

    /// The first `count` papers.
    init(first count: Int) {
        self = .zero
        for lane in 0..<4 {
            let inLane = Swift.min(64, Swift.max(0, count - lane * 64))
            self[lane] = inLane == 64 ? .max : (1 << UInt64(inLane)) - 1
        }
    }
}
