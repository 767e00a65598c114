/// Tells the format from the first bytes of the document.
enum Sniffer {
    static func format(of text: DecodedText) throws(FeedError) -> FeedKind {
        guard let first = text.utf8.first(where: { !$0.isXMLBlank && $0 >= 0x20 }) else {
            throw FeedError(.empty, "it is empty: look at the address in a browser")
        }
        switch first {
        case UInt8(ascii: "<"): return try xml(XMLHead(text.utf8))
        case UInt8(ascii: "["): return .huggingFace
        case UInt8(ascii: "{"): return try json(JSONHead(text.utf8))
        default: return try xmlAfterNoise(text)
        }
    }

    private static func xml(_ head: XMLHead) throws(FeedError) -> FeedKind {
        switch head.root {
        case "rss": return head.namesArXiv ? .arXivRSS : .rss
        case "feed": return head.isArXivAPI ? .arXivAPI : head.namesArXiv ? .arXivAtom : .atom
        case "html", "body", "head": throw webPage
        case "": throw FeedError(.malformed, "it holds no element: look at the address in a browser")
        default:
            throw FeedError(.unknownFormat, "its root element <\(head.root)> is of no feed format that is known here")
        }
    }

    private static var webPage: FeedError {
        FeedError(.webPage, "it is a web page, not a feed: give the address of its feed")
    }

    private static func json(_ head: JSONHead) throws(FeedError) -> FeedKind {
        if let words = head.error { throw FeedError(.reported, "the server says: \(words)") }
        throw FeedError(
            .unknownFormat,
            "its JSON object (\(head.keys.map { "“\($0)”" }.joined(separator: ", "))) is of no feed format that is known here"
        )
    }

    /// Some servers print a warning before the document.
    private static func xmlAfterNoise(_ text: DecodedText) throws(FeedError) -> FeedKind {
        let head = XMLHead(text.utf8)
        guard ["rss", "feed", "rdf", "oai-pmh"].contains(head.root) else {
            throw FeedError(.unknownFormat, "it is neither XML nor JSON: look at the address in a browser")
        }
        return try xml(head)
    }
}

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

    private static func root(in text: String) -> String {
        var rest = text[...]
        while let mark = rest.firstIndex(of: "<") {
            rest = rest[mark...]
            if rest.hasPrefix("<!--") {
                rest = rest.range(of: "-->").map { rest[$0.upperBound...] } ?? ""
            } else if rest.hasPrefix("<!") || rest.hasPrefix("<?") {
                rest = afterDeclaration(rest)
            } else {
                let name = rest.dropFirst().prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
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
        if let subset = text.firstIndex(of: "["), subset < end {
            return text[subset...].range(of: "]").map { text[$0.upperBound...] } ?? ""
        }
        return text[text.index(after: end)...]
    }
}

/// The first members of a JSON object.
struct JSONHead {
    private(set) var keys: [String] = []
    /// What the server says under `error` or `message` where that is all there is.
    private(set) var error: String?

    init(_ utf8: [UInt8]) {
        var reader = JSONReader(utf8)
        var keys: [String] = []
        var words: String?
        // A document that breaks off still has its first members.
        try? reader.forEachMember { (key, value) throws(JSONError) in
            keys.append(key)
            if key == "error", try value.kind() == .string { words = try value.text() } else { try value.skip() }
        }
        self.keys = Array(keys.prefix(8))
        error = words
    }
}
