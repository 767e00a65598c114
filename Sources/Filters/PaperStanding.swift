import Papers

/// What this installation knows about a paper beside the paper itself; `feed:` and `is:` ask for it.
public struct PaperStanding: Hashable, Sendable {
    /// Names and addresses of the feeds that listed the paper.
    public var feeds: [String]
    /// How arXiv announced it; several where feeds differ.
    public var announceTypes: Set<AnnounceType>
    /// An operator put it on top.
    public var isPinned: Bool

    public init(feeds: [String] = [], announceTypes: Set<AnnounceType> = [], isPinned: Bool = false) {
        self.feeds = feeds
        self.announceTypes = announceTypes
        self.isPinned = isPinned
    }

    /// What the sightings of one paper say together.
    public init(of sightings: [Sighting], isPinned: Bool = false) {
        self.init(
            feeds: sightings.map(\.feed), announceTypes: Set(sightings.compactMap(\.entry.announceType)),
            isPinned: isPinned)
    }
}
