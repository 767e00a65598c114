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
    case rss
    case atom

    /// How far this kind's texts are believed where sources disagree.
    public var trust: SourceTrust {
        switch self {
        case .arXivRSS, .arXivAtom, .arXivAPI: .archive
        case .huggingFace: .curator
        case .rss, .atom: .other
        }
    }
}
