import Foundation

extension StoredFeed {
    /// The feed as it was before it moved: at its own address, of which nothing is known that could be asked for.
    public var beforeMove: StoredFeed {
        var feed = self
        feed.movedTo = nil
        feed.etag = nil
        feed.lastModified = nil
        return feed
    }

    /// How the feed fares, in one word.
    public func state(at now: Date) -> String {
        if !isEnabled { return "off" }
        if let notBefore, notBefore > now { return "waiting" }
        if failures > 0 { return "failing" }
        if staleSince != nil { return "stale" }
        return fetchedAt == nil ? "new" : "ok"
    }
}
