import Foundation

/// What makes two sightings one paper: its arXiv identifier, else its DOI, else its address.
///
/// A value that exists is normalised, so equal papers have equal values whatever form they were seen in.
public struct PaperID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The kind of identifier, strongest first.
    public enum Scheme: String, Sendable, CaseIterable { case arxiv, doi, url }

    public let scheme: Scheme
    /// `2511.01234`, `10.1101/2026.01.02.123456` or `https://example.org/a`.
    public let value: String

    /// The unique key that the store uses: `arxiv:2511.01234`, `doi:10.1101/…`, `url:https://…`.
    public var key: String { "\(scheme.rawValue):\(value)" }
    public var description: String { key }

    public init(arXiv id: ArXivID) {
        scheme = .arxiv
        value = id.description
    }

    /// Reads any form a feed, a person or an address bar gives: a bare arXiv id, `arXiv:…`, an `abs`, `pdf`, `html` or
    /// Hugging Face `papers` address, `oai:arXiv.org:…`, a DOI (bare, `doi:`, doi.org), or any other http(s) address.
    ///
    /// A DOI that arXiv registered (`10.48550/arXiv.2511.01234`) is that arXiv identifier.
    public init?(parsing text: some StringProtocol) {
        let text = String(text.trimmingWhitespace())
        if let id = ArXivID(text) ?? Self.arXiv(inOAI: text) ?? Self.arXiv(inAddress: text) {
            self.init(arXiv: id)
        } else if let doi = Self.doi(in: text) {
            if doi.hasPrefix("10.48550/arxiv."), let id = ArXivID(doi.dropFirst("10.48550/arxiv.".count)) {
                self.init(arXiv: id)
            } else {
                self.init(scheme: .doi, value: doi)
            }
        } else if let address = Self.normalisedAddress(text) {
            self.init(scheme: .url, value: address)
        } else {
            return nil
        }
    }

    /// Reads what ``key`` printed.
    public init?(key: String) {
        guard let colon = key.firstIndex(of: ":"), let scheme = Scheme(rawValue: String(key[..<colon]))
        else { return nil }
        let value = String(key[key.index(after: colon)...])
        guard let id = PaperID(parsing: value), id.scheme == scheme else { return nil }
        self = id
    }

    private init(scheme: Scheme, value: String) {
        self.scheme = scheme
        self.value = value
    }

    /// The arXiv identifier, where the paper has one.
    public var arXivID: ArXivID? { scheme == .arxiv ? ArXivID(value) : nil }

    /// The page this identifier itself leads to.
    public var pageURL: String {
        switch scheme {
        case .arxiv: "https://arxiv.org/abs/\(value)"
        case .doi: "https://doi.org/\(value)"
        case .url: value
        }
    }

    public static func < (left: PaperID, right: PaperID) -> Bool { left.key < right.key }
}

// MARK: - The forms

extension PaperID {
    /// `oai:arXiv.org:2511.01234v1`
    private static func arXiv(inOAI text: String) -> ArXivID? {
        text.lowercased().hasPrefix("oai:arxiv.org:") ? ArXivID(text.dropFirst("oai:arxiv.org:".count)) : nil
    }

    /// The id in an address of arXiv or of a page that names papers by it.
    private static func arXiv(inAddress text: String) -> ArXivID? {
        guard let parts = Self.parts(of: text) else { return nil }
        let host = parts.host.hasPrefix("www.") ? String(parts.host.dropFirst(4)) : parts.host
        let isArXiv = host == "arxiv.org" || host.hasSuffix(".arxiv.org")
        let named = ["huggingface.co", "hf.co", "alphaxiv.org", "ar5iv.org", "tldr.takara.ai"].contains(host)
        guard isArXiv || named else { return nil }
        let segments = parts.path.split(separator: "/").map(String.init)
        guard segments.count >= 2 else { return nil }
        let kinds: Set = ["abs", "pdf", "html", "format", "papers", "ps", "src", "p"]
        guard kinds.contains(segments[0]) else { return nil }
        var id = segments[1...].prefix(2).joined(separator: "/")
        if id.lowercased().hasSuffix(".pdf") { id.removeLast(4) }
        let last = segments[1].lowercased().hasSuffix(".pdf") ? segments[1].dropLast(4) : segments[1][...]
        return ArXivID(id) ?? ArXivID(last)
    }

    /// A DOI, lower case because DOIs are compared without case (ISO 26324); nil when there is none.
    private static func doi(in text: String) -> String? {
        var rest = text
        if let parts = Self.parts(of: text) {
            guard ["doi.org", "dx.doi.org", "www.doi.org"].contains(parts.host) else { return nil }
            // A DOI may hold `<`, `#` or `?`, which an address carries percent-encoded.
            let path = String(parts.path.dropFirst())
            rest = path.removingPercentEncoding ?? path
        } else if let prefix = ["doi:", "info:doi/", "urn:doi:"].first(where: { text.lowercased().hasPrefix($0) }) {
            rest = String(text.dropFirst(prefix.count).trimmingWhitespace())
        }
        let halves = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, halves[0].hasPrefix("10."), halves[0].dropFirst(3).count >= 4, !halves[1].isEmpty,
            halves[0].dropFirst(3).allSatisfy({ $0.isNumber || $0 == "." }), !rest.contains(where: \.isWhitespace)
        else { return nil }
        return rest.lowercased()
    }

    /// Scheme and host in lower case, no fragment, no default port, no trailing slash on a bare host.
    private static func normalisedAddress(_ text: String) -> String? {
        guard let parts = Self.parts(of: text), !text.contains(where: \.isWhitespace) else { return nil }
        let path = parts.path.isEmpty ? "/" : String(parts.path)
        return "\(parts.scheme)://\(parts.host)\(parts.port)\(path)\(parts.query)"
    }

    private static func parts(of text: String) -> (
        scheme: String, host: String, port: String, path: Substring, query: Substring
    )? {
        guard let mark = text.range(of: "://") else { return nil }
        let scheme = text[..<mark.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text[mark.upperBound...].prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let tail = rest[authority.endIndex...]
        let path = tail.prefix { $0 != "?" }
        let hostAndPort = authority.split(separator: ":", maxSplits: 1)
        guard let host = hostAndPort.first, !host.isEmpty else { return nil }
        let port = hostAndPort.count == 2 ? String(hostAndPort[1]) : ""
        let isDefault = port.isEmpty || (scheme == "https" && port == "443") || (scheme == "http" && port == "80")
        return (scheme, host.lowercased(), isDefault ? "" : ":\(port)", path, tail[path.endIndex...])
    }
}

extension PaperID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let key = try container.decode(String.self)
        guard let id = PaperID(key: key) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(key)” is no paper key")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(key)
    }
}
