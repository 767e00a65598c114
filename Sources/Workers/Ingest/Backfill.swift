import Foundation
import Store
import Transport

/// Asks dated sources for the days that were missed: after downtime by itself, and by hand since any day.
public struct Backfill: Sendable {
    /// What one feed's archive brought.
    public struct Report: Sendable {
        public let feed: StoredFeed
        public let counts: RecordedEntries
        /// Why it stopped before the end, in one sentence.
        public let problem: String?
    }

    /// A feed that was asked less than this ago has missed nothing: its own window is a day.
    private static let window: TimeInterval = 36 * 3600
    /// Further back nothing is asked for unless by hand.
    private static let furthest: TimeInterval = 31 * 86_400

    private let installation: Installation
    private let fetcher: FeedFetcher

    public init(
        _ installation: Installation, pacer: HostPacer = HostPacer(),
        chance: @escaping @Sendable () -> Double = { .random(in: 0...1) }
    ) {
        self.installation = installation
        fetcher = FeedFetcher(installation, pacer: pacer, chance: chance)
    }

    /// From when on a feed has missed days that its archive can be asked for; nil where it has missed nothing.
    static func missedSince(_ feed: StoredFeed, at now: Date) -> Date? {
        guard ArchiveSource(feed) != nil else { return nil }
        let sinceLast = feed.fetchedAt.flatMap { now.timeIntervalSince($0) > window ? $0 : nil }
        return (feed.missedSince ?? sinceLast).map { max($0, now.addingTimeInterval(-furthest)) }
    }

    /// Whether a feed's past days can be asked for.
    public static func hasArchive(_ feed: StoredFeed) -> Bool { ArchiveSource(feed) != nil }

    /// Asks one feed's archive for the days since `since`, today included. What it gives of days that are over is put on those
    /// days and is no news.
    ///
    /// - Throws: `StoreError`, `CancellationError`; what the source does wrong is in the report.
    public func run(
        _ feed: StoredFeed, since: Date, progress: @Sendable (Double) -> Void = { _ in }
    ) async throws -> Report {
        if let until = feed.notBefore, until > installation.clock.now {
            return Report(
                feed: feed, counts: RecordedEntries(),
                problem: "\(feed.url) asked for patience: not before \(until.formatted(.iso8601))")
        }
        guard let archive = ArchiveSource(feed) else {
            return Report(
                feed: feed, counts: RecordedEntries(),
                problem: "no archive of its past days is known: name one as `archive:` in the feeds file")
        }
        let result = try await ArchiveReader(fetcher: fetcher).read(
            archive, from: since, to: installation.clock.now, progress: progress)
        if result.news > 0 {
            try await installation.database.feeds.recordNew(id: feed.id, at: installation.clock.now)
        }
        return Report(feed: feed, counts: result.counts, problem: result.problem)
    }
}
