import Foundation

/// A paper: the union of what every feed said about it.
public struct Paper: Hashable, Sendable, Identifiable, Codable {
    public var id: PaperID
    public var title: String
    /// Whole; empty where no feed gave one.
    public var abstract: String
    public var authors: [Author]
    /// The primary category first.
    public var categories: [String]
    public var keywords: [String]
    /// The page to read: arXiv's abstract page for an arXiv paper, else the publisher's or the feed's; empty for an entry
    /// that its feed gives no page.
    public var url: String
    public var pdfURL: String?
    public var discussionURL: String?
    public var codeURL: String?
    public var projectURL: String?
    public var doi: String?
    public var journal: String?
    public var organization: String?
    public var synopsis: String?
    /// Who wrote ``synopsis``; nil where that is not known.
    public var synopsisWriter: SynopsisWriter?
    public var publishedAt: Date?
    public var upvotes: Int
    public var comments: Int
    public var stars: Int?
    /// Retracted, withdrawn or doubted; nil while nothing is wrong with it.
    public var status: PaperStatus?
    /// Set where this installation's editor pinned it; never from a feed.
    public var pin: EditorPin?

    /// Whether ``synopsis`` has to say that a machine wrote it: unless the authors are known to have.
    public var isSynopsisByMachine: Bool { synopsis != nil && synopsisWriter != .authors }

    /// A paper as a single entry describes it.
    public init(_ entry: Entry) {
        id = entry.id
        title = entry.title
        abstract = entry.abstract ?? entry.content ?? ""
        authors = entry.authors
        categories = entry.categories
        keywords = entry.keywords
        url = (entry.id.scheme == .arxiv ? entry.id.pageURL : entry.url ?? entry.id.pageURL) ?? ""
        pdfURL = entry.pdfURL
        discussionURL = entry.discussionURL
        codeURL = entry.codeURL
        projectURL = entry.projectURL
        doi = entry.doi
        journal = entry.journal
        organization = entry.organization
        synopsis = entry.synopsis
        synopsisWriter = entry.synopsisWriter
        publishedAt = entry.published ?? entry.updated
        upvotes = entry.upvotes ?? 0
        comments = entry.comments ?? 0
        stars = entry.stars
        status = entry.status
    }
}

/// An editor's choice: the paper leads the day, with a word about why.
public struct EditorPin: Hashable, Sendable, Codable {
    public var note: String?
    public var pinnedAt: Date

    public init(note: String? = nil, pinnedAt: Date) {
        self.note = note
        self.pinnedAt = pinnedAt
    }
}
