import Papers

/// A `record` of OAI-PMH 2.0 (https://www.openarchives.org/OAI/openarchivesprotocol.html), as the document has it.
struct OAIRecord {
    let identifier: String?
    let datestamp: String?
    let isDeleted: Bool
    let metadata: Metadata

    enum Metadata {
        case dublinCore(DublinCore)
        case arXiv(ArXivMetadata)
        case none
        case unknown(String)
    }

    init(_ element: XMLElement) {
        let header = element[XMLName(.oai, "header")]
        identifier = header?.token(XMLName(.oai, "identifier"))
        datestamp = header?.token(XMLName(.oai, "datestamp"))
        isDeleted = header?[attribute: "status"]?.lowercased() == "deleted"
        let inner = element[XMLName(.oai, "metadata")]?.children.first
        switch inner?.name {
        case XMLName(.oaiDublinCore, "dc"), XMLName(.dublinCore, "dc"):
            metadata = inner.map { .dublinCore(DublinCore($0)) } ?? .none
        case XMLName(.oaiArXiv, "arxiv"): metadata = inner.map { .arXiv(ArXivMetadata($0)) } ?? .none
        case nil: metadata = .none
        case .some(let name): metadata = .unknown(name.local)
        }
    }
}

/// `oai_dc`: each element may come several times, in several languages.
struct DublinCore {
    let titles: [[UInt8]]
    let creators: [[UInt8]]
    let descriptions: [[UInt8]]
    let subjects: [[UInt8]]
    let dates: [String]
    let identifiers: [String]
    let relations: [String]
    let sources: [[UInt8]]

    init(_ element: XMLElement) {
        func all(_ name: String) -> [[UInt8]] { element.all(.dc(name)).map(\.text) }
        func tokens(_ name: String) -> [String] { all(name).compactMap { FieldText.token($0) } }
        titles = all("title")
        creators = all("creator")
        descriptions = all("description")
        subjects = all("subject")
        dates = tokens("date")
        identifiers = tokens("identifier")
        relations = tokens("relation")
        sources = all("source")
    }
}

/// arXiv's own metadata format (https://oaipmh.arxiv.org/OAI/arXiv.xsd).
struct ArXivMetadata {
    let id: String?
    /// Of the first version.
    let created: String?
    /// Of the newest version.
    let updated: String?
    let authors: [Author]
    let title: [UInt8]?
    let abstract: [UInt8]?
    let categories: [String]
    let doi: String?
    let journal: [UInt8]?

    init(_ element: XMLElement) {
        func name(_ local: String) -> XMLName { XMLName(.oaiArXiv, local) }
        id = element.token(name("id"))
        created = element.token(name("created"))
        updated = element.token(name("updated"))
        title = element.text(name("title"))
        abstract = element.text(name("abstract"))
        categories = element.token(name("categories"))?.split(separator: " ").map(String.init) ?? []
        doi = element.token(name("doi"))
        journal = element.text(name("journal-ref"))
        authors = (element[name("authors")]?.all(name("author")) ?? []).compactMap { author in
            let parts = ["forenames", "keyname", "suffix"].compactMap { ArXivListing.text(author.text(name($0))) }
            let affiliation = ArXivListing.text(author.text(name("affiliation")))
            return parts.isEmpty ? nil : Author(parts.joined(separator: " "), affiliation: affiliation)
        }
    }
}
