import Foundation

/// What the first kilobytes of an XML document say.
struct XMLHead {
    /// The root element's local name in lower case; empty if there is none.
    let root: String
    private let start: String

    init(_ utf8: [UInt8]) {
        start = String(decoding: utf8.prefix(8192), as: UTF8.self)
        root = Self.root(in: utf8.prefix(8192))
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

    private static func root(in utf8: ArraySlice<UInt8>) -> String {
        var rest = utf8
        while let mark = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[mark...]
            let next = rest.dropFirst().first ?? 0
            if rest.starts(with: "<!--".utf8) {
                rest = after("-->", in: rest)
            } else if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") {
                rest = afterDeclaration(rest)
            } else if next | 0x20 >= 0x61 && next | 0x20 <= 0x7A || next == UInt8(ascii: "_") || next >= 0x80 {
                let name = rest.dropFirst().prefix {
                    !$0.isXMLBlank && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
                }
                return String(decoding: name.split(separator: UInt8(ascii: ":")).last ?? [], as: UTF8.self).lowercased()
            } else {
                rest = rest.dropFirst()
            }
        }
        return ""
    }

    /// Behind `<?…?>` or `<!DOCTYPE … [ … ]>`.
    private static func afterDeclaration(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let end = text.firstIndex(of: UInt8(ascii: ">")) else { return [] }
        if let subset = text[..<end].firstIndex(of: UInt8(ascii: "[")) { return after("]", in: text[subset...]) }
        return text[(end + 1)...]
    }

    /// Behind the next `mark`; nothing where there is none.
    private static func after(_ mark: String, in text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let length = mark.utf8.count
        let place = text.indices.first { text[$0...].starts(with: mark.utf8) }
        return place.map { text[($0 + length)...] } ?? []
    }
}
