import Foundation
import Mail

/// What a message is for.
public enum DeliveryKind: String, Sendable, Codable, CaseIterable {
    case digest
    /// The link that makes a typed address a subscription.
    case confirm
    /// The same once more, to somebody who has not answered the first.
    case confirmAgain = "confirm-again"
    /// The answer to typing an address that is subscribed already: its links, again.
    case reminder
    /// The same where something was asked for that the subscriber does not get yet: the link that adds it.
    case addition
    /// A subscriber's links, because they were asked for on a page, or because all older ones are void.
    case links
    case welcome
    case goodbye
    /// The link that makes a new address that of a subscription; goes to the new one.
    case newAddress = "new-address"
    /// Says that a subscription has moved to another address; goes to the old one.
    case addressChanged = "address-changed"
}

/// Where a delivery stands.
public enum DeliveryState: String, Sendable, Codable, CaseIterable {
    /// Waiting to be sent for the first time.
    case pending
    /// Claimed by a sender until its claim lapses.
    case sending
    /// The receiver's 250 is recorded.
    case sent
    /// Refused for now; tried again later.
    case deferred
    /// Refused for good, or not delivered before it was superseded.
    case failed
    /// No longer wanted: the subscriber left or paused before it was sent.
    case skipped
}

/// One paper in a digest, and why it is there.
public struct DigestItem: Sendable, Hashable, Codable {
    public var seq: Int64
    /// Slugs of the reader's topics that matched.
    public var topics: [String]
    /// The reader's own filters that matched.
    public var filters: [String]
    /// The topic under which it stands; nil where only a filter matched, or nothing was asked for.
    public var group: String?
    /// The title of a paper the reader liked, where this one is here for its likeness.
    public var because: String?
    /// Whether that paper counts as liked because the reader's own library has it; nil where the reader marked it.
    public var isOfLibrary: Bool?
    /// What it has in common with that paper, the most telling first; nil where nothing can be named.
    public var alike: [String]?
    /// An author whom both have.
    public var author: String?
    /// Those of its authors whom the reader follows, as the paper writes them; nil where there are none.
    public var followed: [String]?
    /// Whether it matches nothing the reader asked for and stands at the end, see ``Subscriber/seesBeyond``.
    public var isBeyond: Bool?
    /// The terms that were found, by topic slug or filter text; nil where there are none.
    public var terms: [String: [String]]?

    public init(
        seq: Int64, topics: [String] = [], filters: [String] = [], group: String? = nil,
        terms: [String: [String]]? = nil
    ) {
        self.seq = seq
        self.topics = topics
        self.filters = filters
        self.group = group
        self.terms = terms
    }

    private enum CodingKeys: String, CodingKey {
        case seq = "p"
        case topics = "t"
        case filters = "f"
        case group = "g"
        case because = "b"
        case isOfLibrary = "o"
        case alike = "l"
        case author = "a"
        case followed = "u"
        case isBeyond = "y"
        case terms = "w"
    }
}

/// The papers of one digest, in order, and how many more matched than fit.
public struct DigestContents: Sendable, Hashable, Codable {
    public var items: [DigestItem]
    public var more: Int

    public init(items: [DigestItem], more: Int) {
        self.items = items
        self.more = more
    }

    private enum CodingKeys: String, CodingKey {
        case items = "i"
        case more = "m"
    }
}

/// A due subscriber's next step, decided by the scheduler and written by ``DeliveryLedger/schedule(_:at:)``.
public struct ScheduledDigest: Sendable {
    public var subscriber: Subscriber
    /// The morning, `2026-11-23`.
    public var slot: String
    /// Nil where nothing new matched: the subscriber moves on without a mail.
    public var contents: DigestContents?
    public var nextDigestAt: Date
    public var lastSeq: Int64
    /// When the digest is no longer worth sending.
    public var expiresAt: Date

    public init(
        subscriber: Subscriber, slot: String, contents: DigestContents?, nextDigestAt: Date, lastSeq: Int64,
        expiresAt: Date
    ) {
        self.subscriber = subscriber
        self.slot = slot
        self.contents = contents
        self.nextDigestAt = nextDigestAt
        self.lastSeq = lastSeq
        self.expiresAt = expiresAt
    }
}

/// A row that one sender holds until its claim lapses.
public final class ClaimedDelivery: Sendable, Identifiable {
    public let id: Int64
    /// What Message-ID and envelope sender hold instead of ``id``, which may come again.
    public let nonce: Int64
    public let kind: DeliveryKind
    public let slot: String
    /// Nil for mails that are no digest.
    public let contents: DigestContents?
    /// The same for all who get the same of one morning; nil where ``contents`` are nobody else's.
    public let contentsKey: String?
    /// Counts from 1.
    public let attempt: Int
    public let createdAt: Date
    public let expiresAt: Date
    /// With interests only where the mail names them.
    public let subscriber: Subscriber
    /// Where it goes, where that is not the subscriber's address.
    public let otherRecipient: Address?

    init(
        id: Int64, nonce: Int64, kind: DeliveryKind, slot: String, contents: DigestContents?, contentsKey: String?,
        attempt: Int, createdAt: Date, expiresAt: Date, subscriber: Subscriber, otherRecipient: Address?
    ) {
        self.id = id
        self.nonce = nonce
        self.kind = kind
        self.slot = slot
        self.contents = contents
        self.contentsKey = contentsKey
        self.attempt = attempt
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.subscriber = subscriber
        self.otherRecipient = otherRecipient
    }

    /// Where it goes.
    public var recipient: Address { otherRecipient ?? subscriber.address }
}

/// A row as `subscribers show` lists it.
public struct DeliveryRecord: Sendable, Identifiable, Equatable {
    public let id: Int64
    /// See ``ClaimedDelivery/nonce``.
    public let nonce: Int64
    public let subscriberID: Int64
    public let kind: DeliveryKind
    public let slot: String
    public let contents: DigestContents?
    public let state: DeliveryState
    public let attempts: Int
    public let createdAt: Date
    public let nextAttemptAt: Date
    public let finishedAt: Date?
    /// The receiver's last words, such as `250 2.0.0 Ok: queued as 4F2`.
    public let lastReply: String?
    public let messageID: String?
    /// Where it went, where that was not the subscriber's address.
    public let otherRecipient: Address?
}

/// What a refusal for good, at once or in a bounce, says of a recipient.
public enum DeliveryFault: String, Sendable, Codable, CaseIterable {
    /// There is no such mailbox.
    case unknownMailbox = "unknown mailbox"
    case fullMailbox = "full mailbox"
    /// This message was not wanted.
    case content
    /// A rule of the receiver's.
    case policy
    /// Refused for good for another reason, or for none that was given.
    case undeliverable
    /// Somebody on the way has tried for days.
    case expired
    /// The recipient reported the message as unwanted.
    case complaint
    /// One that no longer counts, by the operator's word.
    case forgiven
}

/// What became of a claimed delivery.
public struct DeliveryResult: Sendable {
    public var id: Int64
    public var state: DeliveryState
    public var reply: String
    public var messageID: String?
    /// When a deferred delivery is tried again.
    public var nextAttemptAt: Date?
    public var at: Date
    /// What a refusal says of the recipient; nil where it says nothing.
    public var fault: DeliveryFault?
    /// The keyed hash under which a recipient who takes no mail is suppressed.
    public var addressHash: String?
    /// See ``ClaimedDelivery/nonce``: after a fail-over the number may be another mail's. Nil where it is not known.
    public var nonce: Int64?
    /// The mail server that said it, as operators are told of it.
    public var relay: String

    public init(
        id: Int64, state: DeliveryState, reply: String, messageID: String?, nextAttemptAt: Date? = nil, at: Date,
        fault: DeliveryFault? = nil, addressHash: String? = nil, relay: String = ""
    ) {
        self.relay = relay
        self.fault = fault
        self.addressHash = addressHash
        self.id = id
        self.state = state
        self.reply = reply
        self.messageID = messageID
        self.nextAttemptAt = nextAttemptAt
        self.at = at
    }
}

/// How many mails of a sort may be written in a period.
public struct MailAllowance: Sendable {
    public let count: Int
    /// In seconds.
    public let period: TimeInterval

    public init(_ count: Int, per period: TimeInterval) {
        self.count = count
        self.period = period
    }
}
