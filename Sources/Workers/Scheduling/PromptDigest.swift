import Foundation
import Store

/// The digest of somebody who wants today's papers now, ahead of their time.
struct PromptDigest: Sendable {
    private let installation: Installation

    /// The most papers that are looked at.
    private static let window = 5000

    init(_ installation: Installation) { self.installation = installation }

    /// Chooses it as the scheduler would; it counts as that of this morning, so that the next comes on another.
    ///
    /// - Returns: nil where nothing new matches.
    func digest(for subscriber: Subscriber, after seq: Int64) async throws -> ScheduledDigest? {
        let now = installation.clock.now
        let database = installation.database
        let latest = try await database.papers.latestSeq()
        // What surfaces from here on is for the next digest, or it would come in both.
        let papers = try await database.papers.surfaced(after: seq, limit: Self.window)
            .filter { $0.surfacedSeq <= latest }
        let matcher = try await Matcher(papers: papers, for: subscriber.interests, in: installation)
        let had = try await database.ledger.papers(sentTo: [subscriber.id], since: now.addingTimeInterval(-30 * 86_400))
        let affinities = try await PreferenceProfiles(database).affinities(of: [subscriber.id], among: papers)
        let contents = DigestPicker(matcher, now: now).contents(
            for: subscriber, after: seq, had: had[subscriber.id] ?? [], affinities[subscriber.id])
        guard let contents else { return nil }
        let schedule = subscriber.schedule
        let slot = schedule.slot(of: now)
        var next = schedule.next(after: now)
        if schedule.slot(of: next) == slot { next = schedule.next(after: next) }
        return ScheduledDigest(
            subscriber: subscriber, slot: slot, contents: contents, nextDigestAt: next,
            lastSeq: max(latest, subscriber.lastSeq), expiresAt: min(next, now.addingTimeInterval(86_400)))
    }
}
