/// A range of addresses in CIDR form (RFC 4632, RFC 4291 section 2.3): `10.0.0.0/8`, `2001:db8::/32`, or one address.
public struct IPNetwork: Hashable, Sendable, CustomStringConvertible {
    /// Its first address.
    public let base: IPAddress
    /// How many leading bits its addresses share.
    public let bits: Int

    /// Returns nil for a text that is no such range, also for one with bits set behind its length, which is a slip.
    public init?(_ text: some StringProtocol) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count <= 2, let base = IPAddress(String(halves[0])) else { return nil }
        let width = base.bytes.count * 8
        guard let bits = halves.count == 1 ? width : Int(halves[1]), (0...width).contains(bits) else { return nil }
        guard (bits..<width).allSatisfy({ base.bytes[$0 / 8] & (0x80 >> UInt8($0 % 8)) == 0 }) else { return nil }
        self.base = base
        self.bits = bits
    }

    public func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == base.bytes.count else { return false }
        let whole = bits / 8
        guard address.bytes[..<whole] == base.bytes[..<whole] else { return false }
        guard bits % 8 > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF00 >> (bits % 8))
        return address.bytes[whole] & mask == base.bytes[whole] & mask
    }

    public var description: String { "\(base)/\(bits)" }
}
