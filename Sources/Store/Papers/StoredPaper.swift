import Foundation
import Papers

/// A paper with its place in the installation's history.
public struct StoredPaper: Sendable, Identifiable, Equatable {
    /// The order of first sighting; never given twice.
    public let seq: Int64
    /// The order in which it last became news: ``seq``, or later where a curator listed it after an archive had; below 0 for
    /// a paper of a past day, which never was news here.
    public let surfacedSeq: Int64
    /// Whether a curated list, such as Hugging Face's day, has brought it.
    public let isCurated: Bool
    /// Whether the editor took it off every page and out of every mail.
    public let isHidden: Bool
    public let firstSeenAt: Date
    /// When it last became news, as ``surfacedSeq``.
    public let surfacedAt: Date
    /// When its title, abstract or status last changed after it was stored; nil where they never have.
    public let revisedAt: Date?
    public let paper: Paper

    public var id: Int64 { seq }

    /// The same paper under a number it had before it turned out to be this one.
    func numbered(_ seq: Int64) -> StoredPaper {
        StoredPaper(
            seq: seq, surfacedSeq: surfacedSeq, isCurated: isCurated, isHidden: isHidden, firstSeenAt: firstSeenAt,
            surfacedAt: surfacedAt, revisedAt: revisedAt, paper: paper)
    }
}

/// What became of one feed's entries.
public struct RecordedEntries: Sendable, Equatable {
    /// Papers that nobody had seen before.
    public var new = 0
    /// Papers known before about which the feed said something else than last time.
    public var changed = 0
    public var unchanged = 0
    /// Replacements of papers that were never stored: not news.
    public var passedOver = 0

    /// Of those that are stored, how many this feed had not held before, whoever brought them first.
    public var newToFeed = 0

    public init(
        new: Int = 0, changed: Int = 0, unchanged: Int = 0, passedOver: Int = 0, newToFeed: Int? = nil
    ) {
        self.newToFeed = newToFeed ?? new
        self.new = new
        self.changed = changed
        self.unchanged = unchanged
        self.passedOver = passedOver
    }

    /// Adds what another document brought.
    public mutating func add(_ other: RecordedEntries) {
        new += other.new
        changed += other.changed
        unchanged += other.unchanged
        passedOver += other.passedOver
        newToFeed += other.newToFeed
    }
}
