import Foundation

/// How arXiv announces a paper in a listing (https://info.arxiv.org/help/rss.html).
public enum AnnounceType: String, Sendable, Codable, CaseIterable {
    case new, cross, replace
    case replaceCross = "replace-cross"
    /// Not the paper but a notice about it, such as that it is retracted.
    case notice

    /// Replacements are later versions of papers that were announced before; notices too are about such papers.
    public var isReplacement: Bool { self != .new && self != .cross }
}

/// What became of a paper after it was published.
public enum PaperStatus: String, Sendable, Codable, CaseIterable, Comparable {
    /// Its publisher warns of it while it is looked into.
    case concern
    /// Its authors or its archive took it back.
    case withdrawn
    /// Its publisher declared it invalid.
    case retracted

    private var gravity: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    public static func < (left: PaperStatus, right: PaperStatus) -> Bool { left.gravity < right.gravity }
}

/// Who wrote the sentence that sums a paper up.
public enum SynopsisWriter: String, Sendable, Codable, CaseIterable {
    case authors, machine
}

/// One entry of a feed, in clean Unicode text: what a source says about one paper at one moment.
///
/// Absent means that the feed did not say it. Every format of `Feeds` yields this type, and ``Paper/init(merging:)`` joins
/// what several feeds said about one paper.
public struct Entry: Hashable, Sendable, Codable {
    /// Which paper this is; every entry has one, or it is dropped by its format with a reason.
    public var id: PaperID
    public var title: String
    /// The page the feed leads to.
    public var url: String?
    public var pdfURL: String?
    /// The page where the paper is discussed, where that is not ``url``.
    public var discussionURL: String?
    public var doi: String?
    /// Further identifiers of the same paper beside ``id`` and ``doi``; nil for none.
    public var otherIDs: [PaperID]?
    /// What the source calls this entry (`guid`, Atom's and JSON Feed's `id`), where ``id`` is nothing but an address.
    public var guid: String?
    public var authors: [Author] = []
    /// `cs.CL`, `stat.ML`, …; the primary category first.
    public var categories: [String] = []
    public var keywords: [String] = []
    public var published: Date?
    public var updated: Date?
    /// The paper's abstract, whole.
    public var abstract: String?
    /// Longer text, where the feed carries a body beside the abstract.
    public var content: String?
    /// The paper in one sentence, where the source gives one.
    public var synopsis: String?
    /// Who wrote ``synopsis``; nil in entries of versions that did not ask, which count as a machine's.
    public var synopsisWriter: SynopsisWriter?
    public var upvotes: Int?
    public var comments: Int?
    public var organization: String?
    public var codeURL: String?
    /// Stars of the code repository.
    public var stars: Int?
    public var projectURL: String?
    public var journal: String?
    public var announceType: AnnounceType?
    /// Nil while nothing is wrong with the paper.
    public var status: PaperStatus?
    /// The day whose list this entry stands in, in the source's own calendar: `2026-11-20`.
    public var listedOn: String?

    public init(id: PaperID, title: String) {
        self.id = id
        self.title = title
    }

    /// Adds what else the source calls the paper, each once.
    public mutating func add(otherIDs ids: [PaperID]) {
        var known = otherIDs ?? []
        for other in ids where other != id && !known.contains(other) { known.append(other) }
        otherIDs = known.isEmpty ? nil : known
    }
}
