/// The vocabularies that feeds are written in, whatever prefix and version a document uses for them.
enum XMLNamespace: UInt8, Sendable {
    /// RSS of any version, and elements without a namespace.
    case rss
    case atom, rdf, dublinCore, content, prism, arXiv, media, oai, oaiDublinCore, oaiArXiv, openSearch, xhtml, slash,
        xml, itunes
    case other

    /// By the namespace's address; versions and `http`/`https` are not told apart.
    init(uri: String) {
        let key = uri.lowercased().drop { $0 != "/" }.drop { $0 == "/" }
        switch key {
        case "www.w3.org/2005/atom", "purl.org/atom/ns#", "purl.org/atom/ns": self = .atom
        case "purl.org/rss/1.0/", "my.netscape.com/rdf/simple/0.9/", "channel.netscape.com/rdf/simple/0.9/",
            "backend.userland.com/rss2", "backend.userland.com/rss", "blogs.law.harvard.edu/tech/rss",
            "purl.org/rss/1.0":
            self = .rss
        case "www.w3.org/1999/02/22-rdf-syntax-ns#": self = .rdf
        case "purl.org/dc/elements/1.1/", "purl.org/dc/elements/1.0/", "purl.org/dc/terms/": self = .dublinCore
        case "purl.org/rss/1.0/modules/content/": self = .content
        case "purl.org/rss/1.0/modules/slash/": self = .slash
        case "arxiv.org/schemas/atom", "arxiv.org/schemas/atom/": self = .arXiv
        case "search.yahoo.com/mrss/", "search.yahoo.com/mrss": self = .media
        case "www.openarchives.org/oai/2.0/": self = .oai
        case "www.openarchives.org/oai/2.0/oai_dc/": self = .oaiDublinCore
        case "arxiv.org/oai/arxiv/": self = .oaiArXiv
        case "a9.com/-/spec/opensearch/1.1/", "a9.com/-/spec/opensearchrss/1.0/": self = .openSearch
        case "www.w3.org/1999/xhtml": self = .xhtml
        case "www.itunes.com/dtds/podcast-1.0.dtd": self = .itunes
        case "www.w3.org/xml/1998/namespace": self = .xml
        default: self = key.contains("prism") ? .prism : .other
        }
    }

    /// For documents that use a prefix and forget to declare it.
    init(undeclaredPrefix prefix: String) {
        switch prefix.lowercased() {
        case "dc", "dcterms": self = .dublinCore
        case "content": self = .content
        case "atom", "a10", "atom10": self = .atom
        case "prism": self = .prism
        case "arxiv": self = .arXiv
        case "media": self = .media
        case "rdf": self = .rdf
        case "rss": self = .rss
        case "slash": self = .slash
        case "opensearch": self = .openSearch
        case "oai_dc": self = .oaiDublinCore
        case "xhtml": self = .xhtml
        case "itunes": self = .itunes
        default: self = .other
        }
    }
}

/// An element's name: vocabulary and local name, the latter in lower case because feeds do not agree on capitals.
struct XMLName: Hashable, Sendable {
    let space: XMLNamespace
    let local: String

    init(_ space: XMLNamespace, _ local: String) {
        self.space = space
        self.local = local
    }

    static func rss(_ local: String) -> XMLName { XMLName(.rss, local) }
    static func atom(_ local: String) -> XMLName { XMLName(.atom, local) }
    static func dc(_ local: String) -> XMLName { XMLName(.dublinCore, local) }
    static func arXiv(_ local: String) -> XMLName { XMLName(.arXiv, local) }
    static func prism(_ local: String) -> XMLName { XMLName(.prism, local) }
}

/// A name with what it means for reading on; worked out once for each name of a document.
struct XMLTag: Sendable {
    let name: XMLName
    /// Holds running text, so that elements inside are markup.
    let isText: Bool
    /// Belongs to a feed's frame: it cannot be markup inside text, so that a missing end tag does not swallow it.
    let isStructural: Bool
    /// Holds running text where it stands in an entry, and is a whole page's elsewhere.
    let isBody: Bool

    init(_ name: XMLName) {
        self.name = name
        // A `rdf:Description` is a frame of others' elements.
        isText = name.space != .media && name.space != .rdf && Self.texts.contains(name.local)
        isBody = name.local == "body" || name.local == "fullitem"
        isStructural = name.space != .xhtml && name.space != .other && Self.structure.contains(name.local)
    }

    private static let texts: Set = [
        "title", "description", "summary", "content", "subtitle", "abstract", "encoded", "tagline", "rights",
    ]
    private static let structure: Set = [
        "item", "entry", "link", "guid", "pubdate", "author", "category", "id", "updated", "published", "description",
        "creator", "date", "channel",
    ]
}
