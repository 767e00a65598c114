/// Says quickly, and nearly always rightly, that a run of bytes is none of some words; a "yes" must be checked.
///
/// Every beginning of every word of a batch is asked for, and hardly any is there.
struct WordBloomFilter: Sendable {
    private var bits: [UInt64] = Array(repeating: 0, count: 1 << 14)

    mutating func insert(_ hash: UInt64) {
        let place = Self.place(hash)
        bits[place >> 6] |= 1 << UInt64(place & 63)
    }

    @inline(__always)
    func mayHold(_ hash: UInt64) -> Bool {
        let place = Self.place(hash)
        return bits[place >> 6] & 1 << UInt64(place & 63) != 0
    }

    @inline(__always)
    private static func place(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: (hash ^ hash >> 32) & 0xF_FFFF) }
}
