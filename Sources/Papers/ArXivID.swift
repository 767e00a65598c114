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
        var rest = Substring(text.trimmingWhitespace())
        if rest.lowercased().hasPrefix("arxiv:") { rest = rest.dropFirst(6) }
        guard let bare = Self.bareNew(rest) ?? Self.bareOld(rest) else { return nil }
        description = bare
    }

    /// `YYMM.NNNN` (to 2014) or `YYMM.NNNNN`, month 01 to 12.
    private static func bareNew(_ text: Substring) -> String? {
        let id = withoutVersion(text)
        let parts = id.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == 4, (4...5).contains(parts[1].count),
            parts.allSatisfy(\.isASCIIDigits), let month = Int(parts[0].suffix(2)), (1...12).contains(month)
        else { return nil }
        return String(id)
    }

    /// `archive[.XX]/YYMMNNN`; the subject class is dropped because it is not part of the identifier.
    private static func bareOld(_ text: Substring) -> String? {
        let id = withoutVersion(text)
        let parts = id.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 7, parts[1].isASCIIDigits,
            let archive = parts[0].split(separator: ".").first, archives.contains(archive.lowercased())
        else { return nil }
        return "\(archive.lowercased())/\(parts[1])"
    }

    private static func withoutVersion(_ text: Substring) -> Substring {
        guard let v = text.lastIndex(where: { $0 == "v" || $0 == "V" }), v != text.startIndex else { return text }
        let number = text[text.index(after: v)...]
        return !number.isEmpty && number.isASCIIDigits ? text[..<v] : text
    }

    /// The archives that gave out identifiers of the old form.
    private static let archives: Set<String> = [
        "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn", "chem-ph",
        "cmp-lg", "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th",
        "math", "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th", "patt-sol", "physics", "plasm-ph", "q-alg",
        "q-bio", "quant-ph", "solv-int", "stat", "supr-con",
    ]
}

extension StringProtocol {
    var isASCIIDigits: Bool { utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }

    func trimmingWhitespace() -> SubSequence {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return self[startIndex..<startIndex] }
        return self[first...last]
    }
}
