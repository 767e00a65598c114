import Papers

/// A paper in somebody's digest, and why it is there.
public struct Pick: Hashable, Sendable {
    public var paper: Paper
    /// The topics and filters that matched, see ``PickReason``; empty for a reader who gets what trends.
    public var reasons: [String]
    /// The heading under which the paper stands, where the digest has more than one.
    public var group: String?
    /// The number by which the reader can say what they think of it; nil where that is not asked.
    public var seq: Int64?

    public init(paper: Paper, reasons: [String] = [], group: String? = nil, seq: Int64? = nil) {
        self.paper = paper
        self.seq = seq
        self.reasons = reasons
        self.group = group
    }
}

/// Why a paper is in a digest, in words.
public enum PickReason {
    /// The heading of papers that none of the reader's topics holds.
    public static let ownFilters = "Your own filters"
    /// The heading of papers that the reader asked for with neither topic nor filter.
    public static let beyond = "Trending beyond your topics"

    /// The most terms that are named.
    private static let namedTerms = 3
    /// Characters of a filter or title.
    private static let filterLimit = 80

    /// `Diffusion models (latent diffusion)`
    public static func topic(_ title: String, terms: [String]) -> String { title + found(terms) }

    /// `your filter “protein OR enzyme” (enzyme)`; terms that are the whole filter are not said twice.
    public static func filter(_ text: String, terms: [String]) -> String {
        let isWhole = terms.joined(separator: " ") == text
        return "your filter “\(Shortened.words(text, limit: filterLimit))”" + (isWhole ? "" : found(terms))
    }

    /// `because you liked “Attention Is All You Need”`
    public static func likeness(_ title: String) -> String {
        "because you liked “\(Shortened.words(title, limit: filterLimit))”"
    }

    private static func found(_ terms: [String]) -> String {
        guard !terms.isEmpty else { return "" }
        // “LLM agents” says nothing more once “agent” is named.
        let plain = terms.map { $0.replacing("\"", with: "") }
        let telling = plain.indices.filter { index in
            !plain.indices.contains { other in
                other != index && plain[index].localizedCaseInsensitiveContains(plain[other])
                    && (plain[other].count < plain[index].count || other < index)
            }
        }.map { plain[$0] }
        let named = telling.prefix(namedTerms).joined(separator: ", ")
        return telling.count > namedTerms ? " (\(named), …)" : " (\(named))"
    }
}
