import Papers

/// The wire formats that are understood, by what they mean to a digest rather than by their syntax alone.
public enum FeedKind: String, Sendable, Codable, CaseIterable {
    /// `GET https://huggingface.co/api/daily_papers`
    case huggingFace = "huggingface"
    /// `https://rss.arxiv.org/rss/…`
    case arXivRSS = "arxiv-rss"
    /// `https://rss.arxiv.org/atom/…`
    case arXivAtom = "arxiv-atom"
    /// `https://export.arxiv.org/api/query?…`
    case arXivAPI = "arxiv-api"
    /// OAI-PMH from arXiv with `metadataPrefix=arXiv`.
    case oaiArXiv = "oai-arxiv"
    /// OAI-PMH from anybody with `metadataPrefix=oai_dc`.
    case oaiDublinCore = "oai-dc"
    /// `https://connect.biorxiv.org/biorxiv_xml.php?subject=…`, medRxiv's alike.
    case bioRxivRSS = "biorxiv-rss"
    /// `https://api.biorxiv.org/details/…`
    case bioRxivAPI = "biorxiv-api"
    /// `https://api.crossref.org/works?…`
    case crossref
    /// `https://api2.openreview.net/notes?…`
    case openReview = "openreview"
    /// `https://pubmed.ncbi.nlm.nih.gov/rss/search/…`
    case pubMedRSS = "pubmed-rss"
    /// RSS 0.91 to 2.0.
    case rss
    /// RSS 0.90 and 1.0.
    case rdf
    /// Atom 0.3 and 1.0.
    case atom
    /// JSON Feed 1.0 and 1.1.
    case jsonFeed = "jsonfeed"

    /// How far this kind's texts are believed where sources disagree.
    public var trust: SourceTrust {
        switch self {
        case .arXivRSS, .arXivAtom, .arXivAPI, .oaiArXiv, .bioRxivRSS, .bioRxivAPI, .crossref, .openReview: .archive
        case .huggingFace, .pubMedRSS, .oaiDublinCore: .curator
        case .rss, .rdf, .atom, .jsonFeed: .other
        }
    }
}
