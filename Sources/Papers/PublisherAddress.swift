import Foundation

/// DOIs inside the addresses of publishers' pages.
enum PublisherAddress {
    /// `https://www.biorxiv.org/content/10.1101/2026.01.02.123456v2.full`, `https://dl.acm.org/doi/pdf/10.1145/1234.5678`,
    /// `https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0123456`.
    static func doi(_ address: PageAddress) -> String? {
        guard address.path.utf8.contains(UInt8(ascii: ".")) || address.query.utf8.contains(UInt8(ascii: ".")) else {
            return nil
        }
        if let value = fromPath(address) ?? fromQuery(address) { return value.lowercased() }
        return nil
    }

    private static let pages: Set<Substring> = [
        "doi", "abs", "full", "pdf", "epdf", "article", "articles", "content", "chapter", "book", "abstract",
        "fulltext",
        "reference", "early", "pdfdirect", "html",
    ]

    private static func fromPath(_ address: PageAddress) -> String? {
        let segments = address.path.split(separator: "/")
        guard
            let start = segments.indices.dropFirst().first(where: {
                isRegistrant(segments[$0]) && pages.contains(segments[$0 - 1])
            }),
            start + 1 < segments.count
        else { return nil }
        var parts = segments[start...]
        while parts.count > 2, let last = parts.last, pages.contains(last) || last == "meta" || last == "full-text" {
            parts.removeLast()
        }
        let joined = parts.joined(separator: "/")
        let decoded = joined.removingPercentEncoding ?? joined
        return withoutVersion(decoded, host: address.host)
    }

    private static func fromQuery(_ address: PageAddress) -> String? {
        for pair in address.query.dropFirst().split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, ["id", "doi"].contains(halves[0]) else { continue }
            let value = String(halves[1]).removingPercentEncoding ?? String(halves[1])
            if let slash = value.firstIndex(of: "/"), isRegistrant(value[..<slash]),
                value.index(after: slash) != value.endIndex
            {
                return value
            }
        }
        return nil
    }

    /// `10.` and four to nine digits (https://www.crossref.org/blog/dois-and-matching-regular-expressions/).
    private static func isRegistrant(_ segment: Substring) -> Bool {
        let digits = segment.utf8.dropFirst(3)
        return segment.utf8.starts(with: "10.".utf8) && (4...9).contains(digits.count)
            && digits.allSatisfy(\.isASCIIDigit)
    }

    /// bioRxiv and medRxiv put the version, and what to show of it, behind the DOI.
    private static func withoutVersion(_ doi: String, host: String) -> String {
        var doi = doi[...]
        for suffix in [".full.pdf", ".full-text", ".full", ".abstract", ".pdf"] where doi.hasSuffix(suffix) {
            doi = doi.dropLast(suffix.count)
        }
        guard host.hasSuffix("biorxiv.org") || host.hasSuffix("medrxiv.org"), let mark = doi.lastIndex(of: "v") else {
            return String(doi)
        }
        let version = doi[mark...].dropFirst().utf8
        return !version.isEmpty && version.allSatisfy(\.isASCIIDigit) ? String(doi[..<mark]) : String(doi)
    }
}
