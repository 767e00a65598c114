import Foundation
import Papers

/// An entry of a reader's library as it is stored.
public struct ShelvedEntry: Sendable, Equatable, Identifiable {
    /// Never given twice; a later one is newer.
    public let id: Int64
    /// The stored paper that it is; nil where it is kept as text only.
    public let paperSeq: Int64?
    public let entry: LibraryEntry
    public let addedAt: Date
}

/// What became of entries that were added to a library.
public struct ShelvedCounts: Sendable, Equatable {
    /// New ones.
    public var added = 0
    /// Those that were in it before, or stood twice in what was added.
    public var known = 0
    /// How many of the new ones are stored papers.
    public var papers = 0
    /// Those for which there was no room.
    public var leftOut = 0

    public init(added: Int = 0, known: Int = 0, papers: Int = 0, leftOut: Int = 0) {
        self.added = added
        self.known = known
        self.papers = papers
        self.leftOut = leftOut
    }

    /// New ones that are kept as text.
    public var texts: Int { added - papers }
}

/// How much a library holds.
public struct LibrarySize: Sendable, Equatable {
    public var entries: Int
    /// Those of them that are stored papers.
    public var papers: Int

    public init(entries: Int = 0, papers: Int = 0) {
        self.entries = entries
        self.papers = papers
    }
}
