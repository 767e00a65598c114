import Core
import Foundation

/// What makes two sightings one paper: its arXiv identifier, else its DOI, else its address.
///
/// A value that exists is normalised, so equal papers have equal values whatever form they were seen in.
public struct PaperID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The kind of identifier, strongest first.
    public enum Scheme: String, Sendable, CaseIterable {
        case arxiv, doi, url
        /// The name of an entry in its feed, where that names no paper and has no page.
        case entry
    }

    public let scheme: Scheme
    /// `2511.01234`, `10.1101/2026.01.02.123456`, `https://example.org/a` or `example.org/tag:example.org,2026:1`.
    public let value: String

    /// The unique key that the store uses: `arxiv:2511.01234`, `doi:10.1101/…`, `url:https://…`.
    public var key: String { "\(scheme.rawValue):\(value)" }
    public var description: String { key }

    public init(arXiv id: ArXivID) {
        scheme = .arxiv
        value = id.description
    }

    /// Reads any form a feed, a person or an address bar gives: a bare arXiv id, `arXiv:…`, an `abs`, `pdf`, `html` or
    /// Hugging Face `papers` address, `oai:arXiv.org:…`, a DOI (bare, `doi:`, doi.org, in a publisher's address), a PubMed or
    /// PubMed Central number (`PMID: …`, `PMC…`), or any other http(s) address, also without its scheme.
    ///
    /// A DOI that arXiv registered (`10.48550/arXiv.2511.01234`) is that arXiv identifier, and the DOI of one version of a
    /// preprint is that of the preprint (``VersionedDOI``). What ``key`` would not read back names no paper: it is stored
    /// under its key, and readers of the store have to understand it.
    public init?(parsing text: some StringProtocol) {
        guard let id = Self.read(text), id.scheme == .arxiv || Self.read(id.value) == id else { return nil }
        self = id
    }

    /// Reads what ``key`` printed.
    public init?(key: String) {
        let bytes = key.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), let scheme = Scheme(rawValue: String(key[..<colon]))
        else { return nil }
        let value = key[bytes.index(after: colon)...]
        if scheme == .entry {
            guard !value.isEmpty, value.utf8.count <= Self.longest else { return nil }
            self.init(scheme: .entry, value: String(value))
            return
        }
        guard let id = Self.read(value), id.scheme == scheme else { return nil }
        self = id
    }

    /// The longest identifier or address that is read, in bytes; nothing that names a paper comes near it.
    private static let longest = 2048

    private static func read(_ text: some StringProtocol) -> PaperID? {
        guard text.utf8.count <= longest else { return nil }
        let text = text.trimmed
        let address = PageAddress(text)
        if let id = address.map({ ArXivAddress.id(in: $0) }) ?? ArXivID(withoutPunctuation(text))
            ?? Self.arXiv(inOAI: text)
        {
            return PaperID(arXiv: id)
        }
        if let doi = Self.doi(in: text, address) {
            let preprint = doi.hasPrefix("10.48550/arxiv.") ? ArXivID(doi.dropFirst("10.48550/arxiv.".count)) : nil
            return preprint.map { PaperID(arXiv: $0) } ?? PaperID(scheme: .doi, value: doi)
        }
        if let page = address.flatMap(KnownPage.page) ?? PubMedNumber.page(named: text) {
            return PaperID(scheme: .url, value: page)
        }
        guard let address, !text.utf8.contains(where: { $0 <= 0x20 }) else { return nil }
        return PaperID(scheme: .url, value: address.normalised)
    }

    init(scheme: Scheme, value: String) {
        self.scheme = scheme
        self.value = value
    }

    /// The arXiv identifier, where the paper has one.
    public var arXivID: ArXivID? { scheme == .arxiv ? ArXivID(value) : nil }

    /// The page this identifier itself leads to; nil for an entry's name.
    public var pageURL: String? {
        switch scheme {
        case .arxiv: "https://arxiv.org/abs/\(value)"
        case .doi: "https://doi.org/\(VersionedDOI.registered(value))"
        case .url: value
        case .entry: nil
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

    /// A DOI, lower case because DOIs are compared without case (ISO 26324); nil when there is none.
    private static func doi(in text: String, _ address: PageAddress?) -> String? {
        var rest = text
        if let address {
            guard ["doi.org", "dx.doi.org"].contains(address.site) else {
                return PublisherAddress.doi(address).flatMap(checkedDOI)
            }
            // A DOI may hold `<`, `#` or `?`, which an address carries percent-encoded.
            let path = String(address.path.dropFirst())
            rest = path.removingPercentEncoding ?? path
        } else if let prefix = (["doi:", "info:doi/", "urn:doi:", "doi "] as [StaticString]).first(where: {
            text[...].utf8.hasPrefix($0)
        }) {
            rest = String(text.dropFirst(prefix.utf8CodeUnitCount).trimmed)
        }
        return checkedDOI(rest)
    }

    /// The DOI of a work in lower case, wherever it was found; nil for what is none. Blanks and controls, which addresses
    /// carry percent-encoded, are in no DOI that is registered.
    private static func checkedDOI(_ text: String) -> String? {
        let text = withoutPunctuation(text)
        guard text.utf8.starts(with: "10.".utf8), let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else {
            return nil
        }
        let registrant = text[..<slash].dropFirst(3)
        guard registrant.count >= 4, registrant.allSatisfy({ $0.isNumber || $0 == "." }),
            text.utf8.index(after: slash) != text.utf8.endIndex,
            !text.unicodeScalars.contains(where: {
                $0.properties.isWhitespace || $0.properties.generalCategory == .control
            })
        else { return nil }
        return VersionedDOI.work(of: text.lowercased())
    }

    /// Without what a sentence puts behind an identifier: a dot, a comma, a bracket that was opened before it.
    private static func withoutPunctuation(_ text: String) -> Substring {
        var rest = text[...].utf8
        // Of each closing bracket, how many have none that opens: counted once, for a line may be nothing but brackets.
        var spare: [UInt8: Int] = [:]
        while let last = rest.last {
            switch last {
            case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "\""),
                UInt8(ascii: "'"):
                rest = rest.dropLast()
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: ">"):
                let excess = spare[last] ?? rest.excess(of: last)
                guard excess > 0 else { return Substring(rest) }
                spare[last] = excess - 1
                rest = rest.dropLast()
            default: return Substring(rest)
            }
        }
        return ""
    }
}

extension Substring.UTF8View {
    /// How many more of a bracket close than open.
    fileprivate func excess(of closing: UInt8) -> Int {
        let opening = UInt8(ascii: closing == UInt8(ascii: ")") ? "(" : closing == UInt8(ascii: "]") ? "[" : "<")
        return reduce(0) { $1 == closing ? $0 + 1 : $1 == opening ? $0 - 1 : $0 }
    }
}

extension PaperID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let key = try container.decode(String.self)
        guard let id = PaperID(key: key) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(key)” is not a paper key")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(key)
    }
}
