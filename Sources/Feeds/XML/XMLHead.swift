import Foundation

/// What the first kilobytes of an XML document say.
struct XMLHead {
    /// The root element's local name in lower case; empty if there is none.
    let root: String
    private let start: String

    init(_ utf8: [UInt8]) {
        start = String(decoding: utf8.prefix(8192), as: UTF8.self)
        root = Self.root(in: start)
    }

    var namesArXiv: Bool {
        start.contains("http://arxiv.org/schemas/atom") || start.contains("rss.arxiv.org/")
            || start.contains("Feed error for query: ")
    }

    /// The feed's own `id` or `link` is an address of the API; its entries' namespaces may be declared only on them.
    var isArXivAPI: Bool {
        start.contains("arxiv.org/api/") || start.contains(">ArXiv Query: ") || start.contains(">arXiv Query: ")
    }

    var isPubMed: Bool { start.contains("pubmed.ncbi.nlm.nih.gov") }

    var isBioRxiv: Bool { start.contains("biorxiv.org") || start.contains("medrxiv.org") }

    var isArXivOAI: Bool { start.contains("http://arxiv.org/OAI/") || start.contains("metadataPrefix=\"arXiv\"") }

    private static func root(in text: String) -> String {
        var rest = text[...]
        while let mark = rest.firstIndex(of: "<") {
            rest = rest[mark...]
            if rest.hasPrefix("<!--") {
                rest = rest.range(of: "-->").map { rest[$0.upperBound...] } ?? ""
            } else if rest.hasPrefix("<!") || rest.hasPrefix("<?") {
                rest = afterDeclaration(rest)
            } else {
                let name = rest.dropFirst().prefix { !$0.isWhitespace && !"</>".contains($0) }
                if let first = name.first, first.isLetter || first == "_" {
                    return String(name.split(separator: ":").last ?? "").lowercased()
                }
                rest = rest.dropFirst()
            }
        }
        return ""
    }

    /// Behind `<?…?>` or `<!DOCTYPE … [ … ]>`.
    private static func afterDeclaration(_ text: Substring) -> Substring {
        guard let end = text.firstIndex(of: ">") else { return "" }
        if let subset = text[..<end].firstIndex(of: "[") {
            return text[subset...].range(of: "]").map { text[$0.upperBound...] } ?? ""
        }
        return text[text.index(after: end)...]
    }
}
