import Foundation
import Papers

/// Which paper an entry is about, from whatever the entry says.
enum PaperFinder {
    /// The strongest identifier among the candidates: an arXiv id before a DOI before an address, earlier ones first.
    static func id(in candidates: [String?]) -> PaperID? {
        var best: PaperID?
        for candidate in candidates {
            guard let id = candidate.flatMap({ PaperID(parsing: $0) }) else { continue }
            if id.scheme == .arxiv { return id }
            if best == nil || (best?.scheme == .url && id.scheme == .doi) { best = id }
        }
        return best
    }

    /// Which paper an entry is about: what a paper is named by, else the entry's page, else what the feed calls the entry.
    ///
    /// - Parameter hasLink: whether the entry has a link, though it may lead nowhere; one that has none and no name either is
    ///   nil.
    static func id(
        named candidates: [String?], page: String?, guid: String?, hasLink: Bool, title: String
    ) -> PaperID? {
        let named = id(in: candidates).flatMap { $0.namesPaper ? $0 : nil }
        if let id = named ?? id(in: [page]) { return id }
        return (guid ?? (hasLink ? title : nil)).map { PaperID(entry: $0, in: nil) }
    }

    /// Why an entry that nothing names is left out.
    static let nameless = DropReason("it has neither a link nor an identifier of a paper")

    /// All identifiers among the candidates that name a paper.
    static func others(in candidates: [String?]) -> [PaperID] {
        candidates.compactMap { $0.flatMap { PaperID(parsing: $0) } }.filter(\.namesPaper)
    }

    /// `(arXiv:1805.06430v2 [nucl-th] UPDATED)` and the like in running text.
    static func arXivMention(in text: String?) -> String? {
        guard let text, let mark = text.range(of: "arXiv:", options: .caseInsensitive) else { return nil }
        let word = text[mark.lowerBound...].prefix {
            !$0.isWhitespace && $0 != "]" && $0 != ")" && $0 != "," && $0 != ";"
        }
        return ArXivID(word).map { "arXiv:\($0)" }
    }
}
