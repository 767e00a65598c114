import Foundation

/// DOIs inside the addresses of publishers' pages.
enum PublisherAddress {
    /// `https://www.biorxiv.org/content/10.1101/2026.01.02.123456v2.full`, `https://dl.acm.org/doi/pdf/10.1145/1234.5678`,
    /// `https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0123456`.
    static func doi(_ address: PageAddress) -> String? { versionedDOI(address).map { $0.lowercased() } }

    /// The same, with the version that the address names where DOIs have versions.
    static func versionedDOI(_ address: PageAddress) -> String? {
        if let doi = ServerAddress.doi(address) { return doi }
        guard address.path.utf8.contains(UInt8(ascii: ".")) || address.query.utf8.contains(UInt8(ascii: ".")) else {
            return nil
        }
        guard let doi = fromPath(address) ?? fromQuery(address) else { return nil }
        let isOpenRxiv = address.site.hasSuffix("biorxiv.org") || address.site.hasSuffix("medrxiv.org")
        return isOpenRxiv && !VersionedDOI.isKnown(doi.lowercased()) ? nil : doi
    }

    private static let pages: Set<Substring> = [
        "doi", "abs", "full", "pdf", "epdf", "article", "articles", "content", "chapter", "book", "abstract",
        "fulltext",
        "reference", "early", "pdfdirect", "html",
    ]

    private static func fromPath(_ address: PageAddress) -> String? {
        let segments = address.segments
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
        return withoutView(joined.removingPercentEncoding ?? joined)
    }

    private static func fromQuery(_ address: PageAddress) -> String? {
        for name in ["id", "doi"] {
            guard let value = address.parameter(name), let slash = value.firstIndex(of: "/"),
                isRegistrant(value[..<slash]), value.index(after: slash) != value.endIndex
            else { continue }
            return value
        }
        return nil
    }

    /// `10.` and four to nine digits (https://www.crossref.org/blog/dois-and-matching-regular-expressions/).
    private static func isRegistrant(_ segment: Substring) -> Bool {
        let digits = segment.utf8.dropFirst(3)
        return segment.utf8.starts(with: "10.".utf8) && (4...9).contains(digits.count)
            && digits.allSatisfy(\.isASCIIDigit)
    }

    /// Publishers on one platform put behind the DOI what of the paper is to be shown.
    private static func withoutView(_ doi: String) -> String {
        var doi = doi[...]
        for suffix in views where doi.hasSuffix(suffix) { doi = doi.dropLast(suffix.count) }
        return String(doi)
    }

    private static let views = [
        ".full.pdf+html", ".full.pdf", ".full-text", ".full", ".abstract", ".supplementary-material", ".figures-only",
        ".article-info", ".article-metrics", ".info", ".extract", ".short", ".long", ".pdf",
    ]
}

/// Servers whose addresses hold a part of the DOI, from which the rest follows.
private enum ServerAddress {
    static func doi(_ address: PageAddress) -> String? {
        let segments = address.segments
        switch address.site {
        case "biorxiv.org", "medrxiv.org", "connect.biorxiv.org", "connect.medrxiv.org": return openRxiv(segments)
        case "researchsquare.com":
            // `/article/rs-123456/v2`
            guard segments.count > 1, segments[0] == "article", segments[1].utf8.hasPrefix("rs-") else { return nil }
            return "10.21203/rs.3.\(segments[1])" + (segments.count > 2 ? "/\(segments[2])" : "")
        case "preprints.org":
            // `/manuscript/202601.0123/v2`
            guard segments.count > 1, segments[0] == "manuscript", isPair(segments[1]) else { return nil }
            return "10.20944/preprints\(segments[1])" + (segments.count > 2 ? ".\(segments[2])" : "")
        case "elifesciences.org":
            // `/articles/12345`, `/reviewed-preprints/12345v2`
            guard segments.count > 1, ["articles", "reviewed-preprints"].contains(segments[0]) else { return nil }
            let number = segments[1].utf8.prefix(while: \.isASCIIDigit)
            let version = segments[1].utf8[number.endIndex...]
            guard (4...7).contains(number.count), version.isEmpty || version.first == UInt8(ascii: "v") else {
                return nil
            }
            return "10.7554/elife.\(Substring(number))" + (version.isEmpty ? "" : ".\(Substring(version.dropFirst()))")
        case "osf.io":
            // `/preprints/psyarxiv/abcde_v2`
            guard segments.count > 2, segments[0] == "preprints", let registrant = osf[segments[1].lowercased()] else {
                return nil
            }
            return "\(registrant)/osf.io/\(segments[2])"
        case "papers.ssrn.com", "ssrn.com":
            // `/sol3/papers.cfm?abstract_id=1234567`, `/abstract=1234567`
            let number =
                address.parameter("abstract_id") ?? address.parameter("abstractid")
                ?? segments.first.flatMap { $0.hasPrefix("abstract=") ? String($0.dropFirst(9)) : nil }
            guard let number, isNumber(number[...]) else { return nil }
            return "10.2139/ssrn.\(number)"
        case "zenodo.org":
            guard segments.count > 1, segments[0] == "records" || segments[0] == "record", isNumber(segments[1]) else {
                return nil
            }
            return "10.5281/zenodo.\(segments[1])"
        case "nature.com":
            // `/articles/s41586-026-01234-5.pdf`
            guard segments.count > 1, segments[0] == "articles", segments[1].utf8.hasPrefix("s4") else { return nil }
            return "10.1038/\(segments[1].prefix { $0 != "." && $0 != "_" })"
        default: return nil
        }
    }

    /// `/content/early/2019/08/15/732578`, `/cgi/content/short/2019.12.12.123456v1`; where the DOI itself stands in the
    /// address it is found by that. Until the end of November 2025 the registrant was 10.1101.
    private static func openRxiv(_ segments: [Substring]) -> String? {
        guard let last = segments.last, segments.contains("content"),
            segments.contains("early") || segments.first == "cgi", !segments.contains(where: { $0.hasPrefix("10.") })
        else { return nil }
        let doi = "10.1101/\(last.lowercased())"
        let work = VersionedDOI.work(of: doi).dropFirst("10.1101/".count)
        let isOld = work.utf8.count <= 6 || work < "2025.12"
        let hasName = work.utf8.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: ".") } && work.utf8.count >= 5
        return isOld && hasName ? doi : nil
    }

    /// Registrants of the communities that OSF serves preprints for.
    private static let osf = [
        "osf": "10.31219", "africarxiv": "10.31730", "agrixiv": "10.31220", "arabixiv": "10.31221",
        "biohackrxiv": "10.37044", "bodoarxiv": "10.34055", "eartharxiv": "10.31223", "ecoevorxiv": "10.32942",
        "edarxiv": "10.35542", "engrxiv": "10.31224", "inarxiv": "10.31227", "lawarxiv": "10.31228",
        "lissa": "10.31229", "marxiv": "10.31230", "mediarxiv": "10.33767", "metaarxiv": "10.31222",
        "mindrxiv": "10.31231", "nutrixiv": "10.31232", "paleorxiv": "10.31233", "psyarxiv": "10.31234",
        "socarxiv": "10.31235", "sportrxiv": "10.31236", "thesiscommons": "10.31237",
    ]

    private static func isPair(_ text: Substring) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."))
        return parts.count == 2 && parts.allSatisfy { $0.allSatisfy(\.isASCIIDigit) }
    }

    private static func isNumber(_ text: Substring) -> Bool {
        (1...12).contains(text.utf8.count) && text.utf8.allSatisfy(\.isASCIIDigit)
    }
}
