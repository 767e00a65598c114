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
    /// A DOI that arXiv registered (`10.48550/arXiv.2511.01234`) is that arXiv identifier. What ``key`` would not read back
    /// names no paper: it is stored under its key, and whoever reads the store has to understand it.
    public init?(parsing text: some StringProtocol) {
        guard let id = Self.read(text), id.scheme == .arxiv || Self.read(id.value) == id else { return nil }
        self = id
    }

    /// Reads what ``key`` printed.
    public init?(key: String) {
        let bytes = key.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), let scheme = Scheme(rawValue: String(key[..<colon])),
            let id = Self.read(key[bytes.index(after: colon)...]), id.scheme == scheme
        else { return nil }
        self = id
    }

    /// The longest identifier or address that is read, in bytes; nothing that names a paper comes near it.
    private static let longest = 2048

    private static func read(_ text: some StringProtocol) -> PaperID? {
        guard text.utf8.count <= longest else { return nil }
        let text = String(text.trimmingWhitespace())
        let address = PageAddress(text)
        if let id = address.map({ Self.arXiv(in: $0) }) ?? ArXivID(text) ?? Self.arXiv(inOAI: text) {
            return PaperID(arXiv: id)
        }
        if let doi = Self.doi(in: text, address) {
            let preprint = doi.hasPrefix("10.48550/arxiv.") ? ArXivID(doi.dropFirst("10.48550/arxiv.".count)) : nil
            return preprint.map { PaperID(arXiv: $0) } ?? PaperID(scheme: .doi, value: doi)
        }
        guard let address, !text.utf8.contains(where: { $0 <= 0x20 }) else { return nil }
        return PaperID(scheme: .url, value: address.normalised)
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
                return PublisherAddress.doi(address).flatMap(checkedDOI)
            }
            // A DOI may hold `<`, `#` or `?`, which an address carries percent-encoded.
            let path = String(address.path.dropFirst())
            rest = path.removingPercentEncoding ?? path
        } else if let prefix = ["doi:", "info:doi/", "urn:doi:"].first(where: { text.lowercased().hasPrefix($0) }) {
            rest = String(text.dropFirst(prefix.count).trimmingWhitespace())
        }
        return checkedDOI(rest)
    }

    /// A DOI in lower case, wherever it was found; nil for what is none. Blanks and controls, which addresses carry
    /// percent-encoded, are in no DOI that is registered.
    private static func checkedDOI(_ text: String) -> String? {
        guard text.utf8.starts(with: "10.".utf8), let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else {
            return nil
        }
        let registrant = text[..<slash].dropFirst(3)
        guard registrant.count >= 4, registrant.allSatisfy({ $0.isNumber || $0 == "." }),
            text.utf8.index(after: slash) != text.endIndex,
            !text.unicodeScalars.contains(where: {
                $0.properties.isWhitespace || $0.properties.generalCategory == .control
            })
        else { return nil }
        return text.lowercased()
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
