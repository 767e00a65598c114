import Digests
import Filters
import Foundation
import Papers
import Site
import Store

/// Why a paper was or was not sent to a subscriber: the steps of the way it takes, as far as it came.
public struct Explanation: Sendable {
    /// What became of the paper, in one sentence.
    public let verdict: String
    /// What speaks for it or led there, a sentence each.
    public let details: [String]
    /// Whether a digest with it is written, waiting or sent.
    public let isInDigest: Bool

    private init(_ verdict: String, _ details: [String], isInDigest: Bool = false) {
        self.verdict = verdict
        self.details = details
        self.isInDigest = isInDigest
    }

    /// The most digests that are looked through, and the most papers of a round, as in ``Scheduler``.
    private static let history = 400
    private static let window = 5000

    public init(of stored: StoredPaper, for subscriber: Subscriber, in installation: Installation) async throws {
        let matcher = try await Matcher(papers: [stored], for: subscriber.interests, in: installation)
        let candidates = matcher.candidates(for: subscriber.interests, after: 0, had: [])
        let profile = try await Self.profile(stored, subscriber, installation)
        let reasons = candidates.first.map { Self.reasons($0, matcher, installation) + profile } ?? []
        let history = try await installation.database.ledger.history(of: subscriber.id, limit: Self.history)
        if let delivery = history.first(where: { $0.contents?.items.contains { $0.seq == stored.seq } ?? false }) {
            self = Self.written(delivery, stored, reasons)
        } else {
            self = try await Self.unwritten(
                stored, subscriber, reasons, history, isFollowed: candidates.first?.followed.isEmpty == false,
                installation)
        }
    }

    private static func written(_ delivery: DeliveryRecord, _ stored: StoredPaper, _ reasons: [String]) -> Explanation {
        let place = (delivery.contents?.items.firstIndex { $0.seq == stored.seq } ?? 0) + 1
        let count = delivery.contents?.items.count ?? 0
        let reply = delivery.lastReply.map { "the last word on it: \($0)" }
        let item = delivery.contents?.items[place - 1]
        let beyond = item?.isBeyond == true ? ", as a trending paper from outside their topics" : ""
        let standing = "it is number \(place) of \(count)\(beyond)"
        let verdict = "it is in the digest of \(delivery.slot), which is \(delivery.state.rawValue)"
        return Explanation(verdict, [standing] + reasons + [reply].compactMap(\.self), isInDigest: true)
    }

    private static func unwritten(
        _ stored: StoredPaper, _ subscriber: Subscriber, _ reasons: [String], _ history: [DeliveryRecord],
        isFollowed: Bool, _ installation: Installation
    ) async throws -> Explanation {
        if stored.isHidden { return Explanation("it is hidden: an editor took it out of every mail", reasons) }
        guard !reasons.isEmpty else {
            return Explanation(
                "it matches none of the topics and filters of \(subscriber.address)", Self.reading(subscriber))
        }
        if subscriber.interests.isEmpty, !stored.isCurated, !isFollowed {
            let why = "it is in no curated list, and \(subscriber.address) gets what is trending"
            return Explanation(why, reasons)
        }
        if subscriber.state != .active {
            return Explanation("no digest is written: the subscriber is \(subscriber.state.rawValue)", reasons)
        }
        if stored.surfacedSeq > subscriber.lastSeq {
            return try await waiting(stored, subscriber, reasons, installation)
        }
        if stored.surfacedAt < subscriber.confirmedAt ?? subscriber.createdAt {
            return Explanation("it became news before \(subscriber.address) subscribed", reasons)
        }
        let next = history.last { $0.kind == .digest && $0.createdAt >= stored.surfacedAt }
        guard let digest = next, let more = digest.contents?.more, more > 0 else {
            return Explanation(
                "it was skipped: no digest since then could include it", reasons)
        }
        let cap = "that digest held \(subscriber.maxPapers) at most, and \(more) more matched"
        return Explanation("others ranked before it in the digest of \(digest.slot)", [cap] + reasons)
    }

    private static func waiting(
        _ stored: StoredPaper, _ subscriber: Subscriber, _ reasons: [String], _ installation: Installation
    ) async throws -> Explanation {
        let papers = try await installation.database.papers.surfaced(after: subscriber.lastSeq, limit: window)
        let matcher = try await Matcher(papers: papers, for: subscriber.interests, in: installation)
        let candidates = matcher.candidates(for: subscriber.interests, after: subscriber.lastSeq, had: [])
        let affinities = try await PreferenceProfiles(installation.database).affinities(
            of: [subscriber.id], among: papers)
        let picker = DigestPicker(matcher, now: installation.clock.now)
        let taste = DigestPicker.Taste(
            affinities: affinities[subscriber.id], interval: subscriber.schedule.interval(at: installation.clock.now))
        let order = picker.order(candidates, taste)
        let due = subscriber.nextDigestAt.map { "on \($0.formatted(.iso8601))" } ?? "at no set time"
        guard let place = order.firstIndex(where: { $0.item.seq == stored.seq }) else {
            return Explanation("it waits for the next digest, \(due), after more than \(window) others", reasons)
        }
        let standing = "now number \(place + 1) of \(order.count), and a digest holds at most \(subscriber.maxPapers)"
        return Explanation("it waits for the next digest, \(due)", [standing] + reasons)
    }

    private static func reasons(_ candidate: Candidate, _ matcher: Matcher, _ installation: Installation) -> [String] {
        let terms = matcher.terms(of: candidate)
        let words = PickReasons(installation.templates[.english].texts)
        let topics = candidate.item.topics.map { slug in
            "it matches "
                + words.topic(installation.topics[slug: slug]?.title[.english] ?? slug, terms: terms[slug] ?? [])
        }
        let filters = candidate.item.filters.map { "it matches " + words.filter($0, terms: terms[$0] ?? []) }
        let followed = matcher.followed(candidate)
        let people =
            followed.isEmpty
            ? [] : ["it is by \(followed.joined(separator: ", ")), whom they follow, and such papers are picked first"]
        let all = topics + filters + people
        return all.isEmpty ? ["the subscriber has no topics or filters, and gets what is trending"] : all
    }

    /// So many of the newest papers are what a paper is compared with.
    private static let compared = 500

    /// What the papers the reader marked say of this one.
    private static func profile(
        _ stored: StoredPaper, _ subscriber: Subscriber, _ installation: Installation
    ) async throws -> [String] {
        let newest = try await installation.database.papers.newest(limit: compared)
        let papers = [stored] + newest.filter { $0.seq != stored.seq }
        let profiles = PreferenceProfiles(installation.database)
        guard let affinities = try await profiles.affinities(of: [subscriber.id], among: papers)[subscriber.id] else {
            return []
        }
        let liking = Liking.standardised(papers.indices.map(affinities.liking))[0]
        let number = liking.formatted(.number.precision(.fractionLength(2)).sign(strategy: .always()))
        let because = affinities.reason(0).map { reason in
            let shared = reason.terms + (reason.author.map { ["the author \($0)"] } ?? [])
            return ", most of all like “\(reason.title)”" + (reason.isOfLibrary ? " in their library" : "")
                + (shared.isEmpty ? "" : ", which has in common \(shared.joined(separator: ", "))")
        }
        return [
            "their marks and library change its score by \(number) among the newest \(papers.count) papers\(because ?? "")"
        ]
    }

    private static func reading(_ subscriber: Subscriber) -> [String] {
        subscriber.interests.topics.map { "reads the topic \($0)" }
            + subscriber.interests.filters.map { "reads by the filter \($0)" }
            + subscriber.interests.authors.map { "follows the author \($0)" }
    }
}
