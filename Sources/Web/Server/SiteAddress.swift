import Foundation
import Papers
import Store

/// The addresses of the public pages, as paths from the site's root.
enum SiteAddress {
    /// `/paper/2511.01234`, `/paper/doi/10.1101/2026.01.02.123456`; a paper known by nothing but the address of a page
    /// has its number here: `/paper/no/123`.
    static func paper(_ id: PaperID, seq: Int64) -> String {
        switch id.scheme {
        case .arxiv: "/paper/\(id.value)"
        case .doi: "/paper/doi/\(encoded(id.value, keeping: "/"))"
        case .url, .entry: "/paper/no/\(seq)"
        }
    }

    static func paper(_ stored: StoredPaper) -> String { paper(stored.paper.id, seq: stored.seq) }

    static func topic(_ slug: String) -> String { "/topics/\(slug)" }

    static func search(_ filter: String) -> String { "/search?q=\(encoded(filter))" }

    /// What a filter would have brought.
    static func trial(_ filter: String) -> String {
        filter.isEmpty ? "/filters/try" : "/filters/try?filter=\(encoded(filter))"
    }

    /// The first page with the box filled in.
    static func subscribe(filter: String) -> String { "/?filter=\(encoded(filter))" }
    static func subscribe(topic: String) -> String { "/?topic=\(topic)" }

    /// The feed of a list: its own address with a last part more.
    static func feed(of list: String, _ format: PaperFeed.Format) -> String { file(format.file, of: list) }

    /// A list for reference managers.
    static func export(of list: String, _ format: CitationFormat) -> String { file(format.file, of: list) }

    /// A paper for reference managers: `/paper/2511.01234.bib`.
    static func export(ofPaper address: String, _ format: CitationFormat) -> String { address + format.ending }

    private static func file(_ file: String, of list: String) -> String {
        let halves = list.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = halves[0].hasSuffix("/") ? halves[0].dropLast() : halves[0]
        return "\(path)/\(file)" + (halves.count == 2 ? "?\(halves[1])" : "")
    }

    /// Percent-encoded but for the unreserved characters (RFC 3986, section 2.3) and those of `keeping`.
    static func encoded(_ text: String, keeping: String = "") -> String {
        let kept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~" + keeping
        return text.addingPercentEncoding(withAllowedCharacters: CharacterSet(charactersIn: kept)) ?? ""
    }
}
