import Foundation

/// An IPv4 or IPv6 address, and whether it belongs to the public Internet.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// 4 or 16 bytes in network order; IPv4 inside IPv6 (`::ffff:10.0.0.1`, NAT64, 6to4) is unwrapped.
    public let bytes: [UInt8]

    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = Self.embeddedIPv4(bytes) ?? bytes
    }

    /// Reads a literal, also one in brackets.
    public init?(_ text: String) {
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, bare, &four) == 1 {
            self.init(withUnsafeBytes(of: &four) { Array($0) })
        } else if inet_pton(AF_INET6, bare, &six) == 1 {
            self.init(withUnsafeBytes(of: &six) { Array($0) })
        } else {
            return nil
        }
    }

    /// False for loopback, private, link-local, shared, documentation, benchmark, multicast and reserved ranges
    /// (the IANA special-purpose registries of RFC 6890).
    public var isPublic: Bool { bytes.count == 4 ? isPublicIPv4 : isPublicIPv6 }

    private var isPublicIPv4: Bool {
        switch (bytes[0], bytes[1], bytes[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (169, 254, _), (192, 168, _), (224...255, _, _): false
        case (100, 64...127, _), (172, 16...31, _), (198, 18...19, _): false
        case (192, 0, 0), (192, 0, 2), (198, 51, 100), (203, 0, 113), (192, 88, 99): false
        default: true
        }
    }

    private var isPublicIPv6: Bool {
        // Global unicast is 2000::/3 alone; of that, Teredo and ORCHID (2001::/23) and documentation are not public.
        guard bytes[0] & 0xE0 == 0x20 else { return false }
        if bytes[0] == 0x20, bytes[1] == 0x01 {
            return bytes[2] & 0xFE != 0 && !(bytes[2] == 0x0D && bytes[3] == 0xB8)
        }
        return !(bytes[0] == 0x3F && bytes[1] == 0xFF)
    }

    private static func embeddedIPv4(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count == 16 else { return nil }
        let zeros = [UInt8](repeating: 0, count: 10)
        if bytes.starts(with: zeros), bytes[10] == 0xFF, bytes[11] == 0xFF { return Array(bytes[12...]) }
        if bytes.starts(with: [0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) { return Array(bytes[12...]) }
        if bytes.starts(with: [0x20, 0x02]) { return Array(bytes[2..<6]) }
        return nil
    }

    public var description: String {
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
        return groups.joined(separator: ":")
    }
}
