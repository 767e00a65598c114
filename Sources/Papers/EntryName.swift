import Core
import Foundation

/// Identifiers of entries that a feed tells apart by nothing but what it calls them.
extension PaperID {
    /// An entry that has no page of its own and names no paper.
    ///
    /// - Parameters:
    ///   - name: its `guid` or `id`, else its title.
    ///   - feed: an address of the feed or of its site, whose host keeps the names of different feeds apart.
    public init(entry name: String, in feed: String?) {
        let host = feed.flatMap(PageAddress.init)?.host ?? ""
        self.init(scheme: .entry, value: "\(host)/\(Self.oneWord(name))")
    }

    /// One of several entries that share a page; the page itself where this names no page.
    public func part(named guid: String) -> PaperID {
        guard scheme == .url, whole == nil else { return self }
        let mark = value.utf8.contains(UInt8(ascii: "#")) ? "&" : "#"
        let part = PaperID(scheme: .url, value: "\(value)\(mark)\(Self.partMark)\(Self.oneWord(guid))")
        return PaperID(key: part.key) == part ? part : self
    }

    /// The page that a ``part(named:)`` is on; nil for any other identifier.
    public var whole: PaperID? {
        guard scheme == .url, let mark = value.range(of: Self.partMark, options: .backwards),
            mark.lowerBound > value.startIndex, "#&".contains(value[value.index(before: mark.lowerBound)])
        else { return nil }
        return PaperID(scheme: .url, value: String(value[..<value.index(before: mark.lowerBound)]))
    }

    /// Whether this names a paper wherever it is listed: an arXiv id, a DOI, a number of PubMed, a forum of OpenReview.
    public var namesPaper: Bool {
        switch scheme {
        case .arxiv, .doi: true
        case .entry: false
        case .url: PageAddress(value).flatMap(KnownPage.page) == value
        }
    }

    /// Whether both are places on one page.
    public func isOnPage(of other: PaperID) -> Bool {
        guard scheme == .url, other.scheme == .url else { return self == other }
        return value.prefix { $0 != "#" } == other.value.prefix { $0 != "#" }
    }

    private static let partMark = "guid="
    private static let longestName = 300

    /// A name without blanks and controls; of a long one the beginning and a number made of all (FNV-1a).
    private static func oneWord(_ name: String) -> String {
        let text = name.trimmed
        let word = text.addingPercentEncoding(withAllowedCharacters: kept) ?? ""
        guard word.utf8.count > longestName else { return word }
        return "\(word.prefix(longestName - 17))-\(String(FNV1a.hash(text.utf8), radix: 16))"
    }

    private static let kept = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/@!$'()*+,;=?")
}

extension Entry {
    /// What the feed calls the entry, the same for one address in all its forms, else its place on the page; nil where both
    /// are nothing but the page.
    public func partName(on page: PaperID) -> String? {
        if let guid {
            guard let address = PaperID(parsing: guid) else { return guid }
            if address != page { return address.value }
        }
        let place = url?.split(separator: "#", maxSplits: 1).dropFirst().first
        return place.map(String.init)
    }

    /// Whether the letters of both titles are the same.
    public func hasTitle(of other: Entry) -> Bool {
        title == other.title || Self.folded(title) == Self.folded(other.title)
    }
}
