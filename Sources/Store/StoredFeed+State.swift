import Foundation

extension StoredFeed {
    /// How the feed fares, in one word.
    public func state(at now: Date) -> String {
        if !isEnabled { return "off" }
        if let notBefore, notBefore > now { return "waiting" }
        if failures > 0 { return "failing" }
        if staleSince != nil { return "stale" }
        return fetchedAt == nil ? "new" : "ok"
    }
}
