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
}
