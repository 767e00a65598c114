import Foundation

/// Sites whose pages of one paper have several addresses and hold neither an arXiv id nor a DOI.
enum KnownPage {
    /// The one address that stands for all of a paper's; nil for other sites.
    static func page(_ address: PageAddress) -> String? {
        switch address.site {
        case "openreview.net": openReview(address)
        case "pubmed.ncbi.nlm.nih.gov", "ncbi.nlm.nih.gov", "pmc.ncbi.nlm.nih.gov", "europepmc.org":
            PubMedNumber.page(in: address)
        default: nil
        }
    }

    /// `forum?id=`, `pdf?id=`, `attachment?id=…&name=pdf`
    private static func openReview(_ address: PageAddress) -> String? {
        guard let first = address.segments.first, ["forum", "pdf", "attachment"].contains(first),
            let id = address.parameter("id"), !id.isEmpty, id.utf8.allSatisfy(isPartOfName)
        else { return nil }
        return "https://openreview.net/forum?id=\(id)"
    }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}

/// Numbers of PubMed (`PMID: 38123456`) and of PubMed Central (`PMC10123456`), which stand for their pages.
enum PubMedNumber {
    /// The page of a number as people and feeds write it; nil for any other text.
    static func page(named text: String) -> String? {
        var rest = text[...].utf8
        var isNamed = false
        for name in ["pmcid", "pmid", "pmc:", "info:pmid/"] as [StaticString] where rest.hasPrefix(name) {
            rest = rest.dropFirst(name.utf8CodeUnitCount)
            isNamed = true
            break
        }
        if isNamed { rest = rest.drop { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: " ") } }
        while rest.last == UInt8(ascii: ".") { rest = rest.dropLast() }
        if rest.hasPrefix("pmc") { return central(Substring(rest.dropFirst(3))) }
        guard isNamed, text[...].utf8.hasPrefix("pmc") == false else { return isNamed ? central(Substring(rest)) : nil }
        return pubMed(Substring(rest))
    }

    static func page(in address: PageAddress) -> String? {
        let segments = address.segments
        switch address.site {
        case "pubmed.ncbi.nlm.nih.gov": return segments.first.flatMap(pubMed)
        case "europepmc.org":
            // `/article/MED/38123456`, `/abstract/MED/…`, `/article/PMC/PMC10123456`
            guard segments.count >= 3 else { return nil }
            return segments[1].lowercased() == "med" ? pubMed(segments[2]) : named(segments[2])
        default:
            if segments.count >= 2, segments[0] == "pubmed" { return pubMed(segments[1]) }
            guard let place = segments.firstIndex(of: "articles"), place + 1 < segments.count else { return nil }
            return named(segments[place + 1])
        }
    }

    private static func named(_ name: Substring) -> String? {
        name.utf8.hasPrefix("pmc") ? central(Substring(name.utf8.dropFirst(3))) : nil
    }

    private static func pubMed(_ number: Substring) -> String? {
        isNumber(number) ? "https://pubmed.ncbi.nlm.nih.gov/\(number)" : nil
    }

    private static func central(_ number: Substring) -> String? {
        isNumber(number) ? "https://pmc.ncbi.nlm.nih.gov/articles/PMC\(number)" : nil
    }

    private static func isNumber(_ text: Substring) -> Bool {
        (1...9).contains(text.utf8.count) && text.utf8.allSatisfy(\.isASCIIDigit)
    }
}
