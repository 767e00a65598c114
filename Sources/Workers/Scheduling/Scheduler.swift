import Core
import Digests
import Foundation
import Logging
import Papers
import ServiceLifecycle
import Site
import Store
import Synchronization

/// Decides, when a subscriber's morning comes, which papers they get, and writes it into the ledger.
public struct Scheduler: Service {
    private let installation: Installation
    private let filters: SavedFilters
    private let profiles: PreferenceProfiles
    private let clockWatch = ClockWatch()
    private let zoneWatch: ZoneWatch
    /// Seconds that digests wait for feeds that are late.
    private let patience: TimeInterval
    /// Seconds after its time until which a digest is still written.
    private let lateWindow: TimeInterval

    /// How many subscribers share one transaction.
    private static let batch = 500
    /// The most papers a round looks at; older ones are passed over, as after a long pause.
    private static let window = 5000
    /// How long the ledger remembers for a reader what they have had.
    private static let memory: TimeInterval = 30 * 86_400
    /// A digest that could not be delivered is given up when the next one would supersede it, at the latest after a day.
    private static let lifetime: TimeInterval = 86_400
    /// Less than from one morning to the next, whatever is done to clocks between them.
    private static let shortestDay: TimeInterval = 20 * 3600

    /// - Parameter onRequest: whether somebody, or cron, asks for rounds at times of their own: then no feed is waited for, and
    ///   nobody is too late.
    public init(_ installation: Installation, onRequest: Bool = false) {
        self.installation = installation
        patience = onRequest ? 0 : installation.settings.digestWaitForFeeds
        lateWindow = onRequest ? .infinity : installation.settings.digestLateWindow
        filters = SavedFilters(installation.database, topics: installation.topics)
        profiles = PreferenceProfiles(installation.database)
        zoneWatch = ZoneWatch(installation)
    }

    /// Writes digests whenever somebody's morning comes, until the service stops.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let written = try await round()
                    if written > 0 { installation.logger.info("\(counted(written, "digest")) written") }
                } catch is CancellationError {
                    return
                } catch {
                    installation.logger.error("scheduler: \(error)")
                }
                try? await Task.sleep(for: .seconds(5))
            }
        }
    }

    /// Writes the digests of everybody who is due now.
    ///
    /// - Returns: how many were written; a subscriber for whom nothing new matched moves on without one.
    public func round() async throws -> Int {
        let now = installation.clock.now
        let database = installation.database
        try await InstanceGuard(installation).check()
        if clockWatch.wasSet(at: now) {
            let count = try await database.subscribers.realign(at: now)
            if count > 0 {
                installation.logger.warning("a clock was ahead: \(counted(count, "digest")) now due sooner")
            }
        }
        try await zoneWatch.look(at: now)
        let resumed = try await SubscriptionService(installation).resumeThoseWhosePauseIsOver()
        if resumed > 0 { installation.logger.info("\(counted(resumed, "pause")) ended") }
        let time = try await dueTime(now)
        guard let earliest = try await database.subscribers.earliestSeq(dueAt: time) else { return 0 }
        let latest = try await database.papers.latestSeq()
        // What surfaces from here on is for the next digest, or it would come in both.
        let papers = try await database.papers.surfaced(after: earliest, limit: Self.window)
            .filter { $0.surfacedSeq <= latest }
        var matcher = try await Matcher(papers: papers, filters: try await filters.current(), in: installation)
        var picks = RoundPicks(matcher, now: now)
        var written = 0
        var last: Subscriber?
        while true {
            try Task.checkCancellation()
            let due = try await database.subscribers.due(at: time, after: last, limit: Self.batch)
            last = due.last
            guard !due.isEmpty else { return written }
            if !due.allSatisfy({ matcher.covers($0.interests) }) {
                matcher = try await Matcher(papers: papers, filters: try await filters.current(), in: installation)
                picks = RoundPicks(matcher, now: now)
            }
            written += try await schedule(due, by: matcher, &picks, upTo: latest, at: now)
        }
    }

    private func schedule(
        _ due: [Subscriber], by matcher: Matcher, _ picks: inout RoundPicks, upTo latest: Int64, at now: Date
    ) async throws -> Int {
        let mayRepeat = due.filter { matcher.mayRepeat(after: $0.lastSeq) }.map(\.id)
        let had = try await installation.database.ledger.papers(
            sentTo: mayRepeat, since: now.addingTimeInterval(-Self.memory))
        let affinities = try await profiles.affinities(of: due.map(\.id), among: matcher.papers)
        let digests = due.map { subscriber in
            if let passed = passedOver(subscriber, at: now) { return passed }
            let contents =
                picks.contents(for: subscriber, had: had[subscriber.id] ?? [], affinities[subscriber.id])
                ?? (installation.settings.digestEmpty == .note ? DigestContents(items: [], more: 0) : nil)
            let next = subscriber.schedule.next(after: now)
            return ScheduledDigest(
                subscriber: subscriber, slot: subscriber.schedule.slot(of: issue(of: subscriber, at: now)),
                contents: contents, nextDigestAt: next,
                lastSeq: max(latest, subscriber.lastSeq), expiresAt: min(next, now.addingTimeInterval(Self.lifetime)))
        }
        return try await installation.database.ledger.schedule(digests, at: now)
    }

    /// Up to when digests are due: now, or earlier while feeds are awaited.
    private func dueTime(_ now: Date) async throws -> Date {
        guard patience > 0 else { return now }
        let awaited = try await installation.database.feeds.all().filter { FeedArrival.isAwaited($0, at: now) }
        if awaited.isEmpty { return now }
        installation.logger.debug("digests wait for \(awaited.map(\.url).joined(separator: ", "))")
        return now.addingTimeInterval(-patience)
    }

    /// The morning whose issue is written: the last that has come. Where a restored database says that an earlier one is due,
    /// that one's issue may have been sent, and this is another mail.
    private func issue(of subscriber: Subscriber, at now: Date) -> Date {
        guard let due = subscriber.nextDigestAt else { return now }
        // Mornings of one schedule are never closer.
        guard now.timeIntervalSince(due) > Self.shortestDay else { return due }
        return max(due, subscriber.schedule.latest(upTo: now) ?? due)
    }

    /// Somebody whose time is too long past: what is new joins their next digest, that of a weekly reader a day later. It is
    /// the one of this very morning where that has come meanwhile, and they are due at once again.
    private func passedOver(_ subscriber: Subscriber, at now: Date) -> ScheduledDigest? {
        let window = max(lateWindow, patience)
        guard let due = subscriber.nextDigestAt, now.timeIntervalSince(due) > window else { return nil }
        var schedule = subscriber.schedule
        if schedule.cadence == .weekly { schedule.cadence = .daily }
        // Later than what is too late now, so that this ends.
        let next = schedule.next(after: now.addingTimeInterval(-window))
        return ScheduledDigest(
            subscriber: subscriber, slot: subscriber.schedule.slot(of: due), contents: nil, nextDigestAt: next,
            lastSeq: subscriber.lastSeq, expiresAt: next)
    }
}

/// Notices when a clock was set back, and, for the first look, that it may have been while nobody looked.
private final class ClockWatch: Sendable {
    private let last = Mutex<Date?>(nil)

    func wasSet(at now: Date) -> Bool {
        last.withLock { last in
            defer { last = now }
            return last.map { now < $0.addingTimeInterval(-60) } ?? true
        }
    }
}
