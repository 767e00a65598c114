import Feeds
import Foundation
import Store

/// What came of asking one feed.
public struct FetchReport: Sendable {
    public enum Outcome: Sendable {
        case stored(RecordedEntries, parsed: ParsedFeed)
        /// The server said 304, or the document is the same.
        case unchanged
        /// Not asked: its server wanted no request before this time.
        case putOff(until: Date)
        /// One line: what, where, how to mend it.
        case failed(String)
    }

    public let feed: StoredFeed
    public let outcome: Outcome
    /// What is worth a word beside the outcome: that the feed is stale, has moved, or what its second source brought.
    public var notes: [String] = []

    /// How many entries that were left out are told one by one.
    private static let mostTold = 20

    /// Sentences about entries that were left out. A feed may have any number of them, and logs are read by people: beyond
    /// the twentieth only their number is told.
    public static func told(_ dropped: [DroppedEntry]) -> [String] {
        let told = dropped.prefix(mostTold).map(\.description)
        let rest = dropped.count - told.count
        return rest > 0 ? told + ["\(rest) more; `broadsheet feeds check` lists them all"] : told
    }
}
