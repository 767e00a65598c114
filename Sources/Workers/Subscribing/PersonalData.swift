import Foundation
import Store

/// Everything that is stored about a person, as one JSON object for them to keep.
public struct PersonalData: Encodable, Sendable {
    /// The form of the object; a later one with other meanings has a higher number.
    let version = 1
    let site: String
    let exportedAt: Date
    let subscription: SubscriberRecord
    let marks: [Mark]
    let library: [Shelved]
    let mails: [Mail]
    let bounces: [Bounce]
    let leavingReason: LeavingReason?
    /// What the consent log has on the person's addresses, this and earlier ones; it knows an address by a code only.
    let consent: [Consent]

    struct Mark: Encodable, Sendable {
        let paper: String
        let title: String
        let isLiked: Bool
        let at: Date
    }

    struct Shelved: Encodable, Sendable {
        /// Such as `arxiv:1706.03762`.
        let ids: [String]
        /// The stored paper that it is; absent where it is kept as text.
        let paper: String?
        let title: String
        let authors: [String]
        let abstract: String
        let keywords: [String]
        let year: Int?
        let at: Date
    }

    struct Mail: Encodable, Sendable {
        let kind: String
        let slot: String
        /// Absent for a mail to an address that was typed as a new one: what became of it is for its owner to know.
        let state: String?
        let recipient: String
        let writtenAt: Date
        let finishedAt: Date?
        let reply: String?
        let messageID: String?
        /// Such as `arxiv:2511.01234`, or a number where the paper is gone.
        let papers: [String]
    }

    struct Bounce: Encodable, Sendable {
        let fault: String
        let diagnostic: String
        let source: String
        let at: Date
    }

    struct LeavingReason: Encodable, Sendable {
        let choice: String
        let words: String
        let at: Date
    }

    struct Consent: Encodable, Sendable {
        let event: String
        let source: String
        let at: Date
    }

    /// Reads it all.
    ///
    /// - Throws: `StoreError`.
    public init(of subscriber: Subscriber, in installation: Installation) async throws {
        let database = installation.database
        let marks = try await database.marks.marks(of: [subscriber.id])[subscriber.id] ?? []
        let history = try await database.ledger.history(of: subscriber.id, limit: Int(Int32.max))
        let shelf = try await database.libraries.entries(of: subscriber.id, limit: Int(Int32.max))
        let seqs = Set(
            marks.map(\.paperSeq) + shelf.compactMap(\.paperSeq)
                + history.flatMap { $0.contents?.items.map(\.seq) ?? [] })
        let papers = Dictionary(
            try await database.papers.papers(seqs: seqs).map { ($0.seq, $0.paper) }, uniquingKeysWith: { $1 })
        site = installation.settings.siteName
        exportedAt = installation.clock.now
        subscription = SubscriberRecord(subscriber)
        self.marks = marks.map { mark in
            let paper = papers[mark.paperSeq]
            return Mark(
                paper: paper?.id.key ?? "\(mark.paperSeq)", title: paper?.title ?? "", isLiked: mark.isLiked,
                at: mark.at)
        }
        library = shelf.map { Shelved($0, paper: $0.paperSeq.flatMap { papers[$0]?.id.key }) }
        mails = history.map { mail in
            Mail(mail, to: subscriber, papers: mail.contents?.items.map { papers[$0.seq]?.id.key ?? "\($0.seq)" } ?? [])
        }
        bounces = try await database.bounces.history(of: subscriber.id, limit: Int(Int32.max)).map {
            Bounce(fault: $0.fault.rawValue, diagnostic: $0.diagnostic, source: $0.source, at: $0.receivedAt)
        }
        leavingReason = try await database.subscribers.reason(of: subscriber.id).map {
            LeavingReason(choice: $0.choice, words: $0.words, at: $0.at)
        }
        consent = try await SubscriptionService(installation).wholeConsent(of: subscriber).map {
            Consent(event: $0.event, source: $0.source, at: $0.at)
        }
    }

    /// As JSON, keys in `snake_case` and sorted, times as RFC 3339 UTC.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .iso8601
        return try encoder.encode(self)
    }
}

extension PersonalData.Shelved {
    init(_ shelved: ShelvedEntry, paper: String?) {
        let entry = shelved.entry
        ids = entry.ids.map(\.key)
        self.paper = paper
        title = entry.title
        authors = entry.authors.map(\.name)
        abstract = entry.abstract
        keywords = entry.keywords
        year = entry.year
        at = shelved.addedAt
    }
}

extension PersonalData.Mail {
    init(_ mail: DeliveryRecord, to subscriber: Subscriber, papers: [String]) {
        kind = mail.kind.rawValue
        slot = mail.slot
        recipient = (mail.otherRecipient ?? subscriber.address).description
        writtenAt = mail.createdAt
        let isOwn = mail.otherRecipient == nil
        state = isOwn ? mail.state.rawValue : nil
        finishedAt = isOwn ? mail.finishedAt : nil
        reply = isOwn ? mail.lastReply : nil
        messageID = isOwn ? mail.messageID : nil
        self.papers = papers
    }
}
