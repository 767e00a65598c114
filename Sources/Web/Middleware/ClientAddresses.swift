import Core
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Site
import Synchronization
import Transport

/// What the site knows of a request beside itself: who is at the other end of the connection.
struct SiteContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let remote: SocketAddress?

    init(source: Source) {
        coreContext = .init(source: source)
        remote = source.channel.remoteAddress
    }

    var peer: IPAddress? { remote?.ipAddress.flatMap { IPAddress($0) } }
}

/// Finds the client behind the proxies that the operator trusts.
final class ClientAddresses: Sendable {
    private let trusted: [IPNetwork]
    private let header: ForwardedHeader
    private let logger: Logger
    private let warned = Mutex(false)

    /// The most hops that are looked at.
    private static let mostHops = 30

    init(_ limits: WebLimits, logger: Logger) {
        trusted = limits.trustedProxies
        header = limits.forwardedHeader
        self.logger = logger
    }

    func client(of request: Request, _ context: SiteContext) -> IPAddress? {
        client(peer: context.peer, headers: request.headers)
    }

    /// The client where it is certain who it is, for what is allowed to an address: nil where a proxy seems to stand between
    /// that is not trusted, or that did not name its client.
    func certainClient(of request: Request, _ context: SiteContext) -> IPAddress? {
        certainClient(peer: context.peer, headers: request.headers)
    }

    func certainClient(peer: IPAddress?, headers: HTTPFields) -> IPAddress? {
        guard let peer else { return nil }
        guard ProxyTraces.isAny(in: headers) else { return peer }
        guard isTrusted(peer) else { return nil }
        let found = walk(from: peer, headers)
        return found.isNamed ? found.client : nil
    }

    /// The last hop that no trusted proxy is: what stands before it anybody may have written.
    func client(peer: IPAddress?, headers: HTTPFields) -> IPAddress? {
        guard let peer, isTrusted(peer) else {
            warnOfProxy(headers)
            return peer
        }
        return walk(from: peer, headers).client
    }

    /// - Returns: the client, and whether a proxy named it or it is only the last that was named.
    private func walk(from peer: IPAddress, _ headers: HTTPFields) -> (client: IPAddress, isNamed: Bool) {
        let hops = hops(headers)
        var client = peer
        for hop in hops.reversed().prefix(Self.mostHops) {
            // `unknown` and obfuscated names (RFC 7239 section 6) end the way at the proxy that wrote them.
            guard let address = Self.address(hop) else { return (client, false) }
            client = address
            if !isTrusted(address) { return (client, true) }
        }
        return (client, !hops.isEmpty && hops.count <= Self.mostHops)
    }

    private func isTrusted(_ address: IPAddress) -> Bool { trusted.contains { $0.contains(address) } }

    private func hops(_ headers: HTTPFields) -> [Substring] {
        switch header {
        case .xForwardedFor: Self.parts(headers[values: .xForwardedFor], separator: ",")
        case .forwarded:
            Self.parts(headers[values: .forwarded], separator: ",").map { element in
                // An element without `for` is a hop too, of which nothing is known.
                Self.parts([String(element)], separator: ";").first { $0.lowercased().hasPrefix("for=") }?.dropFirst(4)
                    ?? ""
            }
        }
    }

    /// Splits where the separator stands outside quotation marks.
    private static func parts(_ values: [String], separator: Character) -> [Substring] {
        values.flatMap { value in
            var isQuoted = false
            return value.split(omittingEmptySubsequences: false) { character in
                if character == "\"" { isQuoted.toggle() }
                return character == separator && !isQuoted
            }.map { $0.drop { $0 == " " || $0 == "\t" } }
        }
    }

    /// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `"[2001:db8::1]:4711"`.
    static func address(_ hop: Substring) -> IPAddress? {
        let bare = hop.filter { $0 != "\"" && $0 != " " && $0 != "\t" }
        if let address = IPAddress(bare) { return address }
        if bare.hasPrefix("[") { return IPAddress(String(bare.dropFirst().prefix { $0 != "]" })) }
        return IPAddress(String(bare.prefix { $0 != ":" }))
    }

    /// Says once that a proxy seems to stand in front that is not trusted: its clients then share one allowance.
    private func warnOfProxy(_ headers: HTTPFields) {
        guard headers[.xForwardedFor] != nil || headers[.forwarded] != nil else { return }
        let isFirst = warned.withLock { warned in
            defer { warned = true }
            return !warned
        }
        guard isFirst else { return }
        logger.warning(
            "requests name a client that they were forwarded for, but come from no address of web.trusted_proxies; if your proxy sends them, set it"
        )
    }
}

extension HTTPField.Name {
    /// RFC 7239.
    static let forwarded = named("Forwarded")
    static let xForwardedFor = named("X-Forwarded-For")

    /// A name that the program writes; one with a character that no name may hold ends the program at its first start.
    static func named(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("“\(name)” is not the name of a header") }
        return name
    }
}
