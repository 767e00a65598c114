import Core
import Filters
import Foundation
import Mail

/// Where a subscriber stands.
public enum SubscriberState: String, Sendable, Codable, CaseIterable {
    /// Typed in but not confirmed: gets nothing but the confirm mail.
    case pending
    case active
    /// By the subscriber's or the operator's wish, until resumed.
    case paused
    case unsubscribed
    /// The address does not take mail.
    case bounced
    /// The recipient reported a mail as spam.
    case complained

    /// Confirmed, and not gone since.
    public var isReader: Bool { self == .active || self == .paused }
}

/// What a subscriber reads: topics of the installation, filters of their own, and authors.
public struct Interests: Sendable, Hashable {
    /// Slugs of the topics file.
    public var topics: [String]
    /// Filter text in canonical form.
    public var filters: [String]
    /// Whose papers always come, beside what else is asked for.
    public var authors: [AuthorName]

    public init(topics: [String] = [], filters: [String] = [], authors: [AuthorName] = []) {
        self.topics = topics
        self.filters = filters
        self.authors = authors
    }

    /// Whether the digest holds what trends instead of what matches. To follow somebody changes nothing of it.
    public var isEmpty: Bool { topics.isEmpty && filters.isEmpty }

    /// The texts of all filters by which papers are found for this reader: their own, and those that find the authors.
    public var filterTexts: [String] { filters + authors.map(\.filter) }
}

/// One person's subscription.
public struct Subscriber: Sendable, Identifiable, Equatable {
    public let id: Int64
    /// As the person typed it.
    public var address: Address
    public var state: SubscriberState
    public var schedule: DeliverySchedule
    /// The most papers in one digest.
    public var maxPapers: Int
    public var interests: Interests
    /// Whether the digest may end with a few papers that trend beyond what was asked for.
    public var seesBeyond: Bool
    /// Of mails and pages; nil for the installation's.
    public var language: Language?
    /// Nil while nothing is due, that is unless the state is active.
    public var nextDigestAt: Date?
    /// All papers that had surfaced up to here are dealt with.
    public var lastSeq: Int64
    /// A random number, this subscriber's alone, on which links stand. Another voids every link that was ever sent.
    public var tokenEpoch: Int64
    public let createdAt: Date
    public var confirmedAt: Date?
    /// When a paused subscription goes on by itself; nil for one that waits to be resumed.
    public var resumeAt: Date?
    /// What somebody who unsubscribed was before, and when they left.
    public var leftFrom: SubscriberState?
    public var leftAt: Date?

    /// Whether a confirmation makes it active: it was never confirmed, or is over by the person's own wish.
    public var isAwaited: Bool { state == .pending || state == .unsubscribed }

    /// The day on which a paused subscription goes on, in the subscriber's zone: `2026-11-23`.
    public var resumeDay: String? { state == .paused ? resumeAt.map(schedule.slot) : nil }
}

extension Subscriber {
    /// One who is not stored, with no interests, for a mail that shows what a reader would get. Links made for it open
    /// nothing.
    public init(sample address: Address, schedule: DeliverySchedule, maxPapers: Int, at now: Date) {
        self.init(
            id: 0, address: address, state: .active, schedule: schedule, maxPapers: maxPapers, interests: Interests(),
            seesBeyond: false, language: nil, nextDigestAt: nil, lastSeq: 0, tokenEpoch: Nonce.random(), createdAt: now,
            confirmedAt: now, resumeAt: nil, leftFrom: nil, leftAt: nil)
    }
}

/// What somebody typed into the box or an operator into the command line.
public struct NewSubscriber: Sendable {
    public var address: Address
    public var state: SubscriberState
    public var schedule: DeliverySchedule
    public var maxPapers: Int
    public var interests: Interests
    public var lastSeq: Int64
    /// Of mails and pages; nil for the installation's.
    public var language: Language?
    /// See ``Subscriber/seesBeyond``.
    public var seesBeyond = false
    /// See ``Subscriber/resumeAt``.
    public var resumeAt: Date?

    public init(
        address: Address, state: SubscriberState, schedule: DeliverySchedule, maxPapers: Int,
        interests: Interests = Interests(), lastSeq: Int64, language: Language? = nil
    ) {
        self.address = address
        self.state = state
        self.schedule = schedule
        self.maxPapers = maxPapers
        self.interests = interests
        self.lastSeq = lastSeq
        self.language = language
    }
}

/// One line of the consent log: what happened, and through which page or command.
public struct Consent: Sendable, Equatable {
    /// `subscribed`, `reminded`, `confirmed`, `changed`, `paused`, `resumed`, `links-voided`, `unsubscribed`, `returned` (leaving was taken
    /// back), `address-left` and `address-taken` (of a change of address), `forgotten` (never confirmed), `removed`;
    /// by operators also `released`, `reactivated`, `retried` (a mail) and `preferences-opened`.
    public var event: String
    /// `web /subscribe`, `one-click`, `cli`, …
    public var source: String
    /// A keyed hash of the address, so that the line outlives the person's data.
    public var addressHash: String
    public var at: Date
    /// Of the address from which a reader moved to this one, in the line `address-taken`.
    public var previousHash: String?

    public init(event: String, source: String, addressHash: String, at: Date, previousHash: String? = nil) {
        self.previousHash = previousHash
        self.event = event
        self.source = source
        self.addressHash = addressHash
        self.at = at
    }
}
