/// Numbers as tokens hold them: how many bytes follow, in one byte, then those bytes, the highest first, without leading zeros.
enum NumberBytes {
    /// Puts a number behind `bytes`.
    static func append(_ value: Int64, to bytes: inout [UInt8]) {
        let count = (Int64.bitWidth - value.leadingZeroBitCount + 7) / 8
        bytes.append(UInt8(count))
        for place in stride(from: 8 * (count - 1), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> Int64(place)))
        }
    }

    /// Takes a number from the front; nil where there is none.
    static func take(_ bytes: inout ArraySlice<UInt8>) -> Int64? {
        guard let count = bytes.first, count <= 8, bytes.count > count else { return nil }
        let value = bytes.dropFirst().prefix(Int(count)).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        bytes = bytes.dropFirst(1 + Int(count))
        return Int64(bitPattern: value)
    }
}
