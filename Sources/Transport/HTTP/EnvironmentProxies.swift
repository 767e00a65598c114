import Core
import Foundation

/// The proxies the environment names, as addresses: connecting to them is always allowed.
///
/// libcurl 7.88 does not tell whether a connection goes to a proxy, so their names are looked up here, once and only
/// when an address is not public.
final class EnvironmentProxies {
    private struct Endpoint: Hashable {
        let address: IPAddress
        let port: UInt16
    }

    private lazy var endpoints = Self.resolveAll(ProcessInfo.processInfo.environment)

    func contains(_ address: IPAddress, _ port: UInt16) -> Bool {
        endpoints.contains(Endpoint(address: address, port: port))
    }

    private static func resolveAll(_ environment: [String: String]) -> Set<Endpoint> {
        let names = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        return Set(names.compactMap { environment[$0] }.flatMap(resolve))
    }

    private static func resolve(_ proxy: String) -> [Endpoint] {
        let url = proxy.contains("://") ? proxy : "http://\(proxy)"
        guard let parts = URLComponents(string: url), let host = parts.host else { return [] }
        // 1080 is libcurl's default port for proxies.
        let port = UInt16(clamping: parts.port ?? 1080)
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        return addresses(of: bare).map { Endpoint(address: $0, port: port) }
    }

    private static func addresses(of host: String) -> [IPAddress] {
        if let literal = IPAddress(host) { return [literal] }
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, nil, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        return sequence(first: list, next: { $0?.pointee.ai_next }).compactMap { entry in
            guard let info = entry?.pointee, let address = info.ai_addr else { return nil }
            if info.ai_family == AF_INET {
                return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    withUnsafeBytes(of: $0.pointee.sin_addr) { IPAddress(Array($0)) }
                }
            }
            guard info.ai_family == AF_INET6 else { return nil }
            return address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin6_addr) { IPAddress(Array($0)) }
            }
        }
    }
}
