import Papers
import Store

/// Papers for reference managers: a paper, a list, a search.
enum PaperExport {
    /// The most papers of a list or a search.
    static let most = 500

    /// - Parameter name: that of the file that a browser saves, without its ending.
    static func render(_ papers: [StoredPaper], as format: CitationFormat, name: String) -> RenderedPage {
        RenderedPage(
            format.document(papers.prefix(most).map(\.paper)), contentType: format.contentType, maxAge: 300,
            fileName: fileName(name) + format.ending)
    }

    /// Letters, digits and what else no system takes amiss.
    private static func fileName(_ name: String) -> String {
        let plain = name.utf8.prefix(100).map { byte -> Character in
            let isPlain = (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2E
            return isPlain ? Character(Unicode.Scalar(byte)) : "-"
        }
        return String(plain)
    }
}

extension CitationFormat {
    /// The last part of the address of a list's export.
    var file: String { "papers\(ending)" }

    /// The format that a paper's address asks for, and the address without it; nil where it asks for none.
    static func split(_ named: String) -> (named: String, format: CitationFormat)? {
        allCases.first { named.hasSuffix($0.ending) }.map { (String(named.dropLast($0.ending.count)), $0) }
    }
}
