/// The 64-bit hash of Fowler, Noll and Vo (draft-eastlake-fnv, FNV-1a): the same in every run and on every machine, which
/// Swift's own is not. It keeps nobody from making two texts of one hash.
public enum FNV1a {
    /// The hash of no bytes, to which ``step(_:_:)`` adds them one by one.
    @inlinable
    public static var start: UInt64 { 0xCBF2_9CE4_8422_2325 }

    @inlinable @inline(__always)
    public static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// - Parameter start: another beginning gives another hash.
    @inlinable
    public static func hash(_ bytes: some Sequence<UInt8>, from start: UInt64 = FNV1a.start) -> UInt64 {
        bytes.reduce(start, step)
    }
}
