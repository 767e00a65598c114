import Foundation
import Papers

/// Which paper an entry is about, from whatever the entry says.
enum PaperFinder {
    /// The strongest identifier among the candidates: an arXiv id before a DOI before an address, earlier ones first.
    static func id(in candidates: [String?]) -> PaperID? {
        strongest(candidates.lazy.compactMap { $0.flatMap { PaperID(parsing: $0) } })
    }

    private static func strongest(_ ids: some Sequence<PaperID>) -> PaperID? {
        var best: PaperID?
        for id in ids {
            if id.scheme == .arxiv { return id }
            if best == nil || (best?.scheme == .url && id.scheme == .doi) { best = id }
        }
        return best
    }

    /// What an entry of a feed from anybody is known by and where it leads: what a paper is named by, else the entry's page,
    /// else what the feed calls the entry.
    struct Clues {
        /// What may name the paper, besides the title.
        var names: [String?]
        var page: String?
        var guid: String?
        /// Whether there is a link, though it may lead nowhere.
        var hasLink: Bool
        /// Addresses with their media types.
        var offered: [(url: String, type: String)]
        /// What addresses are relative to.
        var base: String?
    }

    /// An entry with its identifiers, title and links.
    ///
    /// - Parameter title: without one, the beginning of `text` stands for it.
    static func entry(
        title: String?, text: @autoclosure () -> String?, by clues: Clues
    ) -> Result<Entry, DropReason> {
        guard let shown = title ?? text().map(Shortened.title) else {
            return .failure(DropReason("it has neither title nor text"))
        }
        let names = clues.names.compactMap(\.self).compactMap { PaperID(parsing: $0) }
        let mention = arXivMention(in: title).flatMap { PaperID(parsing: $0) }
        let named = strongest(names + [mention].compactMap(\.self)).flatMap { $0.namesPaper ? $0 : nil }
        let unnamed = clues.guid ?? (clues.hasLink ? shown : nil)
        guard
            let id = named ?? clues.page.flatMap({ PaperID(parsing: $0) })
                ?? unnamed.map({ PaperID(entry: $0, in: nil) })
        else { return .failure(DropReason("it has neither a link nor an identifier of a paper")) }
        var entry = Entry(id: id, title: shown)
        entry.url = clues.page ?? id.pageURL
        entry.guid = clues.guid
        entry.add(otherIDs: names.filter(\.namesPaper))
        entry.pdfURL = PDFLink.address(of: id, offered: clues.offered, base: clues.base)
        entry.doi = id.scheme == .doi ? id.value : nil
        return .success(entry)
    }

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
