/// Says quickly, and nearly always rightly, that a run of bytes is none of some words; a "yes" must be checked.
///
/// Every beginning of every word of a batch is asked for, and hardly any is there.
struct WordSieve: Sendable {
    private var bits: [UInt64] = Array(repeating: 0, count: 1 << 14)

    /// The hash of no bytes, to which ``step(_:_:)`` adds them one by one (FNV-1a).
    static let start: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(start, step) }

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
