import Core
import Foundation

/// A URL that may be fetched: scheme allowed, host there.
struct FetchTarget {
    let scheme: String
    /// Empty for `file:`.
    let host: String
    /// That of the scheme where none is written; 0 for `file:`.
    let port: Int

    /// - Throws: ``TransportError`` that names the URL.
    init(_ url: String, schemes: Set<String>) throws(TransportError) {
        let shown = Self.redacted(url)
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(), !scheme.isEmpty else {
            throw TransportError(
                .badInput, "\"\(shown)\" is not a URL: write it in full, as https://example.org/feed.xml")
        }
        guard schemes.contains(scheme) else {
            throw TransportError(
                .forbidden,
                "\(shown) may not be fetched: only \(schemes.sorted().joined(separator: ", ")) addresses are allowed here"
            )
        }
        host = parts.encodedHost?.lowercased() ?? ""
        guard scheme == "file" || !host.isEmpty else {
            throw TransportError(
                .badInput, "\"\(shown)\" has no host: write it in full, as https://example.org/feed.xml")
        }
        self.scheme = scheme
        port = parts.port ?? (scheme == "https" ? 443 : scheme == "http" ? 80 : 0)
    }

    /// Whether scheme, host and port are the same: then one server answers for both.
    func hasOrigin(of other: FetchTarget) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port
    }

    /// A host that can be known to be private before any name is looked up; the rest is checked on connecting.
    var isPrivateLiteral: Bool {
        if host == "localhost" || host.hasSuffix(".localhost") { return true }
        return IPAddress(host).map { !$0.isPublic } ?? false
    }

    /// The URL without user and password, without controls, at most 300 characters.
    static func redacted(_ url: String) -> String {
        let printable = String(
            url.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F }.prefix(300).map(Character.init))
        guard let start = printable.range(of: "://")?.upperBound else { return printable }
        let end = printable[start...].firstIndex { "/?#".contains($0) } ?? printable.endIndex
        guard let at = printable[start..<end].lastIndex(of: "@") else { return printable }
        return String(printable[..<start]) + printable[printable.index(after: at)...]
    }
}
