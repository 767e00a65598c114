import Core

/// An arXiv identifier without its version: `2511.01234` (since April 2007) or `astro-ph/0601001` (before).
///
/// The forms are those of https://info.arxiv.org/help/arxiv_identifier.html.
public struct ArXivID: Hashable, Sendable, CustomStringConvertible {
    /// The bare identifier, lower case archive, no version and no subject class: `math/0309136`.
    public let description: String

    /// Reads a bare identifier, with or without version (`v2`), `arXiv:` prefix or subject class (`math.GT/0309136`).
    ///
    /// Returns nil for anything else; addresses and `oai:` names are read by ``PaperID/init(parsing:)``.
    public init?(_ text: some StringProtocol) {
        var rest = Substring(text.trimmed).utf8
        if rest.hasPrefix("arxiv:") { rest = rest.dropFirst(6) }
        guard let bare = Self.bareNew(rest) ?? Self.bareOld(rest) else { return nil }
        description = bare
    }

    /// `YYMM.NNNN` (to 2014) or `YYMM.NNNNN`, month 01 to 12.
    private static func bareNew(_ text: Substring.UTF8View) -> String? {
        let id = withoutVersion(text)
        guard let dot = id.firstIndex(of: UInt8(ascii: ".")) else { return nil }
        let (date, number) = (id[..<dot], id[dot...].dropFirst())
        guard date.count == 4, (4...5).contains(number.count), date.allSatisfy(\.isASCIIDigit),
            number.allSatisfy(\.isASCIIDigit), let month = Int(Substring(date.suffix(2))), (1...12).contains(month)
        else { return nil }
        return String(Substring(id))
    }

    /// `archive[.XX]/YYMMNNN`; the subject class is dropped because it is not part of the identifier.
    private static func bareOld(_ text: Substring.UTF8View) -> String? {
        let id = withoutVersion(text)
        guard let slash = id.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        let number = id[slash...].dropFirst()
        guard number.count == 7, number.allSatisfy(\.isASCIIDigit) else { return nil }
        let archive = Substring(id[..<slash].prefix { $0 != UInt8(ascii: ".") }).lowercased()
        return archives.contains(archive) ? "\(archive)/\(Substring(number))" : nil
    }

    private static func withoutVersion(_ text: Substring.UTF8View) -> Substring.UTF8View {
        guard let mark = text.lastIndex(where: { $0 | 0x20 == UInt8(ascii: "v") }), mark != text.startIndex else {
            return text
        }
        let number = text[mark...].dropFirst()
        return !number.isEmpty && number.allSatisfy(\.isASCIIDigit) ? text[..<mark] : text
    }

    /// The archives that gave out identifiers of the old form.
    private static let archives: Set<String> = [
        "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn", "chem-ph",
        "cmp-lg", "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th",
        "math", "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th", "patt-sol", "physics", "plasm-ph", "q-alg",
        "q-bio", "quant-ph", "solv-int", "stat", "supr-con",
    ]
}
