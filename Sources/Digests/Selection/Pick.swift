import Papers

/// A paper in somebody's digest, and why it is there.
public struct Pick: Hashable, Sendable {
    public var paper: Paper
    /// The topics and filters that matched, see ``PickReasons``; empty for a reader who gets what trends.
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
public struct PickReasons: Sendable {
    private let texts: Texts

    public init(_ texts: Texts) { self.texts = texts }

    /// The heading of papers that none of the reader's topics holds.
    public var ownFilters: String { texts[.groupOwnFilters] }
    /// The heading of papers of authors whom the reader follows, where neither topic nor filter asks for them.
    public var followed: String { texts[.groupFollowed] }
    /// The heading of papers that the reader asked for with neither topic nor filter.
    public var beyond: String { texts[.groupBeyond] }

    /// The most terms that are named.
    private static let namedTerms = 3
    /// Characters of a filter or title.
    private static let filterLimit = 80

    /// `Diffusion models (latent diffusion)`
    public func topic(_ title: String, terms: [String]) -> String { title + found(terms) }

    /// `your filter “protein OR enzyme” (enzyme)`; terms that are the whole filter are not said twice.
    public func filter(_ text: String, terms: [String]) -> String {
        let isWhole = terms.joined(separator: " ") == text
        let filter = texts(.reasonFilter, ["filter": Shortened.words(text, limit: Self.filterLimit)])
        return filter + (isWhole ? "" : found(terms))
    }

    /// `because you liked “Attention Is All You Need” (sparse attention, also by Ada Lovelace)`, or `like “…” in your library (…)`
    public func likeness(
        _ title: String, terms: [String] = [], author: String? = nil, isOfLibrary: Bool = false
    ) -> String {
        let shared =
            terms.prefix(Self.namedTerms)
            + (author.map { [texts(.reasonAuthor, ["name": Shortened.words($0, limit: Self.filterLimit)])] } ?? [])
        let because = texts(
            isOfLibrary ? .reasonLibrary : .reasonLiked, ["title": Shortened.words(title, limit: Self.filterLimit)])
        return shared.isEmpty ? because : "\(because) (\(shared.joined(separator: ", ")))"
    }

    /// `by Ada Lovelace, whom you follow`
    ///
    /// - Parameter names: of the paper's authors, one at least; the first few are named.
    public func followed(_ names: [String]) -> String {
        let shown = names.prefix(Self.namedTerms).map { Shortened.words($0, limit: Self.filterLimit) }
        return texts(.reasonFollowed, ["name": shown.joined(separator: ", ")])
    }

    private func found(_ terms: [String]) -> String {
        guard !terms.isEmpty else { return "" }
        let plain = terms.map { $0.utf8.contains(UInt8(ascii: "\"")) ? $0.replacing("\"", with: "") : $0 }
        let telling = Self.telling(plain)
        let named = telling.prefix(Self.namedTerms).joined(separator: ", ")
        return telling.count > Self.namedTerms ? " (\(named), …)" : " (\(named))"
    }

    /// Without those that say nothing more once another is named, as “LLM agents” does beside “agent”.
    private static func telling(_ terms: [String]) -> [String] {
        guard terms.count > 1 else { return terms }
        let folded = terms.map { Array($0.lowercased().utf8) }
        return terms.indices.filter { index in
            !folded.indices.contains { other in
                other != index && (folded[other].count < folded[index].count || other < index)
                    && contains(folded[index], folded[other])
            }
        }.map { terms[$0] }
    }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard let first = part.first, text.count >= part.count else { return part.isEmpty }
        return (0...(text.count - part.count)).contains { start in
            text[start] == first && text[start...].starts(with: part)
        }
    }
}
