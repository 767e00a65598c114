import Foundation
import Store

/// Whether a morning's digests should wait for a feed.
enum FeedArrival {
    /// A feed that has been away for longer is not waited for any more.
    private static let hope: TimeInterval = 36 * 3600

    /// A feed that worked lately is awaited while it is due to be fetched, while its fetches fail, and while it holds
    /// nothing new although its source has published.
    static func isAwaited(_ feed: StoredFeed, at now: Date) -> Bool {
        guard feed.isEnabled, let fetched = feed.fetchedAt, now.timeIntervalSince(fetched) < hope else { return false }
        if feed.failures > 0 || feed.nextFetchAt <= now { return true }
        return feed.staleSince.map { now.timeIntervalSince($0) < hope } ?? false
    }
}
