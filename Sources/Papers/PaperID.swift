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
        let address = PageAddress(text)
        if let id = address.map({ Self.arXiv(in: $0) }) ?? ArXivID(text) ?? Self.arXiv(inOAI: text) {
            self.init(arXiv: id)
        } else if let doi = Self.doi(in: text, address) {
            if doi.hasPrefix("10.48550/arxiv."), let id = ArXivID(doi.dropFirst("10.48550/arxiv.".count)) {
                self.init(arXiv: id)
            } else {
                self.init(scheme: .doi, value: doi)
            }
        } else if let address, !text.utf8.contains(where: { $0 <= 0x20 }) {
            self.init(scheme: .url, value: address.normalised)
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
        let rest = text[...].utf8
        return rest.hasPrefix("oai:arxiv.org:") ? ArXivID(Substring(rest.dropFirst("oai:arxiv.org:".utf8.count))) : nil
    }

    /// The id in an address of arXiv or of a page that names papers by it.
    private static func arXiv(in address: PageAddress) -> ArXivID? {
        let host = address.host.hasPrefix("www.") ? String(address.host.dropFirst(4)) : address.host
        guard host == "arxiv.org" || host.hasSuffix(".arxiv.org") || listings.contains(host) else { return nil }
        let segments = address.path.utf8.split(separator: UInt8(ascii: "/"))
        guard segments.count >= 2, pages.contains(String(Substring(segments[0]))) else { return nil }
        // Identifiers of before 2007 hold a slash themselves.
        let whole =
            segments.count > 2 ? "\(Substring(segments[1]))/\(Substring(segments[2]))" : String(Substring(segments[1]))
        return ArXivID(withoutPDF(whole)) ?? ArXivID(withoutPDF(String(Substring(segments[1]))))
    }

    private static let listings: Set = ["huggingface.co", "hf.co", "alphaxiv.org", "ar5iv.org", "tldr.takara.ai"]
    private static let pages: Set = ["abs", "pdf", "html", "format", "papers", "ps", "src", "p"]

    private static func withoutPDF(_ name: String) -> Substring {
        name.utf8.suffix(4).elementsEqual(".pdf".utf8) || name.utf8.suffix(4).elementsEqual(".PDF".utf8)
            ? name.dropLast(4) : name[...]
    }

    /// A DOI, lower case because DOIs are compared without case (ISO 26324); nil when there is none.
    private static func doi(in text: String, _ address: PageAddress?) -> String? {
        var rest = text
        if let address {
            guard ["doi.org", "dx.doi.org", "www.doi.org"].contains(address.host) else {
                return PublisherAddress.doi(address)
            }
            // A DOI may hold `<`, `#` or `?`, which an address carries percent-encoded.
            let path = String(address.path.dropFirst())
            rest = path.removingPercentEncoding ?? path
        } else if let prefix = ["doi:", "info:doi/", "urn:doi:"].first(where: { text.lowercased().hasPrefix($0) }) {
            rest = String(text.dropFirst(prefix.count).trimmingWhitespace())
        }
        guard rest.utf8.starts(with: "10.".utf8), let slash = rest.firstIndex(of: "/") else { return nil }
        let registrant = rest[..<slash].dropFirst(3)
        guard registrant.count >= 4, registrant.allSatisfy({ $0.isNumber || $0 == "." }),
            rest.index(after: slash) != rest.endIndex,
            !rest.contains(where: \.isWhitespace)
        else { return nil }
        return rest.lowercased()
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
