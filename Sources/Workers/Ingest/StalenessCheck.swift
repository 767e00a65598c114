import Core
import Feeds
import Foundation
import Papers
import Store

/// Notices a feed that is silent on a day when its source publishes, and asks its second source.
///
/// arXiv's RSS sometimes serves the batch of the day before for one category, with a new date on it; nothing in the
/// document tells that from a quiet day. So the calendar decides: when news was due and none has come since, the feed is
/// stale until it brings some, is asked again sooner, and what it should have held is asked of its archive.
struct StalenessCheck: Sendable {
    let fetcher: FeedFetcher

    /// Seconds until a stale feed is asked again.
    private static let staleInterval: TimeInterval = 20 * 60
    /// The archive of a stale feed is asked this often.
    private static let archiveInterval: TimeInterval = 2 * 3600

    /// - Returns: what is worth telling, such as that the feed is stale.
    func check(_ feed: StoredFeed, kind: FeedKind?, broughtNew: Bool) async throws -> [String] {
        let store = fetcher.installation.database.feeds
        let now = fetcher.installation.clock.now
        guard kind?.isArXivListing == true else { return [] }
        guard !broughtNew, let release = ArXivCalendar.lastRelease(before: now), let lastNew = feed.lastNewAt,
            lastNew < release
        else {
            if broughtNew, feed.staleSince != nil { try await store.setStale(id: feed.id, since: nil) }
            return broughtNew ? [] : ArXivCalendar.reasonForSilence(on: now).map { ["nothing new: \($0)"] } ?? []
        }
        let since = feed.staleSince ?? release
        try await store.setStale(id: feed.id, since: since)
        try await store.recordUnchanged(id: feed.id, at: now, next: now.addingTimeInterval(Self.staleInterval))
        var notes = [
            "stale: it has brought nothing new since \(lastNew.formatted(.iso8601)), though arXiv announced papers"
        ]
        let isDue = feed.fetchedAt.map { Self.slot($0) != Self.slot(now) } ?? true
        if feed.staleSince == nil || isDue, let archive = ArchiveSource(feed) {
            notes.append(try await ask(archive, from: lastNew, to: now, feed))
        }
        return notes
    }

    private func ask(_ archive: ArchiveSource, from: Date, to: Date, _ feed: StoredFeed) async throws -> String {
        // What the feed should have held is news, whatever day its archive gives it.
        let result = try await ArchiveReader(fetcher: fetcher, isNews: true).read(archive, from: from, to: to)
        if let problem = result.problem { return "its archive could not be asked: \(problem)" }
        if result.counts.new > 0 {
            try await fetcher.installation.database.feeds.recordNew(id: feed.id, at: to)
            try await fetcher.installation.database.feeds.setStale(id: feed.id, since: nil)
        }
        return "its archive brought \(counted(result.counts.new, "new paper"))"
    }

    private static func slot(_ date: Date) -> Int { Int(date.timeIntervalSince1970 / archiveInterval) }
}
