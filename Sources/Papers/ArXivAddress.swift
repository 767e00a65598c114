import Foundation

/// arXiv identifiers in the addresses of arXiv's pages, and of pages elsewhere that name papers by them.
enum ArXivAddress {
    /// `https://arxiv.org/pdf/2511.01234v2.pdf`, `https://huggingface.co/api/papers/2511.01234`,
    /// `https://www.alphaxiv.org/overview/2511.01234`; nil for any other page.
    static func id(in address: PageAddress) -> ArXivID? {
        let site = address.site
        let isArXiv = site == "arxiv.org" || site.hasSuffix(".arxiv.org") || site == "xxx.lanl.gov"
        guard isArXiv || listings.contains(site) else { return nil }
        let segments = address.segments
        // `https://arxiv.org/ftp/arxiv/papers/2511/2511.01234.pdf`
        if isArXiv, segments.first == "ftp", let last = segments.last { return bare(last) }
        if site == "ui.adsabs.harvard.edu", segments.count > 1, let id = bibcode(segments[1]) { return id }
        let depth = segments.prefix { pages.contains($0.lowercased()) }.count
        guard (site == "api.semanticscholar.org" ? 0...4 : 1...3).contains(depth), depth < segments.count else {
            return nil
        }
        let name = segments[depth]
        // Identifiers of before 2007 hold a slash themselves.
        if depth + 1 < segments.count, let id = bare("\(name)/\(segments[depth + 1])") { return id }
        return bare(name)
    }

    /// Sites that show arXiv's papers under arXiv's identifiers.
    private static let listings: Set<Substring> = [
        "alphaxiv.org", "api.semanticscholar.org", "ar5iv.org", "arxiv-vanity.com", "bytez.com", "deeplearn.org",
        "emergentmind.com", "hf-mirror.com", "hf.co", "huggingface.co", "inspirehep.net", "papers.cool", "scirate.com",
        "semanticscholar.org", "talk2arxiv.org", "tldr.takara.ai", "ui.adsabs.harvard.edu",
    ]

    /// What may stand between the host and the identifier.
    private static let pages: Set<String> = [
        "abs", "api", "arxiv", "blog", "docs", "dvi", "e-print", "eprint", "format", "graph", "html", "overview", "p",
        "paper", "papers", "pdf", "ps", "resources", "src", "v1",
    ]

    /// An identifier with the file's extension or a sentence's dot behind it.
    private static func bare(_ name: some StringProtocol) -> ArXivID? {
        var name = Substring(name)
        if name.utf8.contains(UInt8(ascii: "%")) {
            name = Substring(String(name).removingPercentEncoding ?? String(name))
        }
        while name.utf8.last == UInt8(ascii: ".") || name.utf8.last == UInt8(ascii: ",") { name = name.dropLast() }
        for ending in extensions where name.utf8.count > ending.utf8.count {
            let tail = name.utf8.suffix(ending.utf8.count)
            if Substring(tail).lowercased() == ending {
                return ArXivID(Substring(name.utf8.dropLast(ending.utf8.count)))
            }
        }
        return ArXivID(name)
    }

    private static let extensions = [".pdf", ".md", ".html", ".htm", ".json", ".txt", ".bib"]

    /// `2025arXiv251101234A` (https://ui.adsabs.harvard.edu/help/actions/bibcode), whose last letter is the first author's.
    private static func bibcode(_ name: Substring) -> ArXivID? {
        let bytes = name.utf8
        guard bytes.count == 19, bytes.dropFirst(4).hasPrefix("arxiv"), bytes.last?.isASCIILetter == true else {
            return nil
        }
        let number = bytes.dropFirst(9).dropLast()
        return ArXivID("\(Substring(number.prefix(4))).\(Substring(number.dropFirst(4)))")
    }
}
