import Foundation
import Papers

/// Which paper an entry is about, from whatever the entry says.
enum PaperFinder {
    /// The strongest identifier among the candidates: an arXiv id before a DOI before an address, earlier ones first.
    static func id(in candidates: [String?]) -> PaperID? {
        let found = candidates.compactMap { $0.flatMap { PaperID(parsing: $0) } }
        for scheme in PaperID.Scheme.allCases {
            if let id = found.first(where: { $0.scheme == scheme }) { return id }
        }
        return nil
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
