import CResolver
import Core

/// Asks the domain name system, by the system's resolver or a server of one's own choice.
///
/// Names are asked for as they are: no search list is tried.
public struct DNSResolver: Sendable {
    /// A name server: an IPv4 address and a port.
    public struct Server: Sendable, Equatable {
        public let address: String
        public let port: UInt16

        /// Reads `192.0.2.1:53` or `192.0.2.1`.
        public init?(_ text: String) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count <= 2, let address = IPAddress(String(parts[0])), address.bytes.count == 4,
                let port = parts.count == 2 ? UInt16(parts[1]) : 53, port > 0
            else { return nil }
            self.address = address.description
            self.port = port
        }
    }

    /// The domain name system did not answer; what it would have said is not known.
    public struct Unanswered: Error, CustomStringConvertible, Sendable {
        public let description: String
    }

    /// A mail server of a domain (RFC 5321 section 5.1): the lowest preference is tried first.
    public struct MailServer: Sendable, Equatable {
        public let preference: Int
        /// Empty for a domain that says that it takes no mail (RFC 7505).
        public let host: String
    }

    private let server: Server?
    private let seconds: Int

    /// - Parameters:
    ///   - server: nil for those of the system.
    ///   - seconds: how long each server may take to answer; it is asked twice.
    public init(server: Server? = nil, seconds: Int = 3) {
        self.server = server
        self.seconds = max(1, seconds)
    }

    /// The TXT records of a name, each in one piece; empty where there are none.
    ///
    /// - Throws: ``Unanswered``.
    public func texts(_ name: String) async throws -> [String] {
        guard let answer = try await ask(name, .txt) else { return [] }
        return answer.records.map { answer.text($0) }
    }

    /// The mail servers of a domain, first to be tried first; empty where none are named.
    public func mailServers(_ domain: String) async throws -> [MailServer] {
        guard let answer = try await ask(domain, .mx) else { return [] }
        let servers = answer.records.compactMap { record -> MailServer? in
            guard record.count > 2, let host = answer.name(at: record.lowerBound + 2) else { return nil }
            return MailServer(preference: answer.number(at: record.lowerBound), host: host)
        }
        return servers.sorted { $0.preference < $1.preference }
    }

    /// The addresses of a host, IPv4 first; empty where there are none.
    public func addresses(_ host: String) async throws -> [IPAddress] {
        var addresses: [IPAddress] = []
        for type in [DNSRecordType.a, .aaaa] {
            guard let answer = try await ask(host, type) else { continue }
            addresses += answer.records.compactMap { IPAddress(Array(answer[$0])) }
        }
        return addresses
    }

    /// The names of an address (RFC 1035 section 3.5, RFC 3596 section 2.5); empty where there are none.
    public func names(of address: IPAddress) async throws -> [String] {
        guard let answer = try await ask(Self.reverse(address), .ptr) else { return [] }
        return answer.records.compactMap { answer.name(at: $0.lowerBound) }
    }

    static func reverse(_ address: IPAddress) -> String {
        if address.bytes.count == 4 {
            return address.bytes.reversed().map(String.init).joined(separator: ".") + ".in-addr.arpa"
        }
        let nibbles = address.bytes.reversed().flatMap { [$0 & 15, $0 >> 4] }
        return nibbles.map { String($0, radix: 16) }.joined(separator: ".") + ".ip6.arpa"
    }

    /// - Returns: nil where the name has no such records, or is not known.
    private func ask(_ name: String, _ type: DNSRecordType) async throws -> DNSMessage? {
        let (server, seconds) = (server, seconds)
        let (bytes, why) = await BlockingThread.run("dns") { Self.query(name, type, server, seconds: seconds) }
        if bytes.isEmpty, why == HOST_NOT_FOUND || why == NO_DATA { return nil }
        guard let message = DNSMessage(bytes, type: type) else {
            let place = server.map { "the name server \($0.address):\($0.port)" } ?? "the system's resolver"
            throw Unanswered(description: "\(place) gave no answer about \(name)")
        }
        return message
    }

    private static func query(
        _ name: String, _ type: DNSRecordType, _ server: Server?, seconds: Int
    ) -> (bytes: [UInt8], why: Int32) {
        var why: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: 65_535) { buffer, count in
            let length = broadsheet_dns_query(
                server?.address, server?.port ?? 53, Int32(seconds), name, Int32(type.rawValue), buffer.baseAddress,
                Int32(buffer.count), &why)
            count = min(max(0, Int(length)), buffer.count)
        }
        return (bytes, why)
    }
}

/// What the kernel says of this machine's clock.
public enum ClockDiscipline: Sendable {
    /// Kept by NTP or the like.
    case kept
    case notKept
    case unknown

    public static var current: ClockDiscipline {
        switch broadsheet_clock_is_kept() {
        case 1: .kept
        case 0: .notKept
        default: .unknown
        }
    }
}
