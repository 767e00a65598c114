import Foundation

/// How far a source's texts are to be believed when two sources disagree, best first.
public enum SourceTrust: Int, Sendable, Codable, Comparable, CaseIterable {
    /// The archive or publisher itself: arXiv, bioRxiv, Crossref.
    case archive = 0
    /// A page that lists others' papers and may have spoilt their formulas: Hugging Face.
    case curator = 1
    /// Any other feed.
    case other = 2

    public static func < (left: SourceTrust, right: SourceTrust) -> Bool { left.rawValue < right.rawValue }
}

/// What one feed said about one paper when it was last asked.
public struct Sighting: Hashable, Sendable, Codable {
    /// The feed's address, or ``noticeSource(of:)``: with the paper, what makes a sighting unique.
    public var feed: String
    public var trust: SourceTrust
    /// When the feed was fetched.
    public var seenAt: Date
    public var entry: Entry

    public init(feed: String, trust: SourceTrust, seenAt: Date, entry: Entry) {
        self.feed = feed
        self.trust = trust
        self.seenAt = seenAt
        self.entry = entry
    }

    private static let noticeEnding = "#notice"

    /// What takes the place of a feed's address for its notice about a paper, since it may give the paper itself too.
    public static func noticeSource(of feed: String) -> String { feed + noticeEnding }

    /// The feed's address, also where the sighting is a notice.
    public var feedAddress: String {
        feed.hasSuffix(Self.noticeEnding) ? String(feed.dropLast(Self.noticeEnding.count)) : feed
    }
}
