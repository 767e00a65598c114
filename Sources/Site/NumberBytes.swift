/// Numbers as tokens hold them: how many bytes follow, in one byte, then those bytes, the highest first, without leading zeros.
enum NumberBytes {
    static func encode(_ value: Int64) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { bytes in
            let digits = bytes.drop { $0 == 0 }
            return [UInt8(digits.count)] + digits
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
