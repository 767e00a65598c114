import ArgumentParser
import Core
import Filters
import Foundation
import Mail
import Site
import Store
import Workers

/// What a subscriber reads and when, as the command line gives it.
struct SubscriberOptions: ParsableArguments {
    @Option(name: .long, help: "A topic by its slug (see `broadsheet topics list`); you can give several.")
    var topic: [String] = []

    @Option(
        name: .long, help: "A filter of their own, such as 'title:diffusion OR cat:cs.CV'; you can give several.")
    var filter: [String] = []

    @Option(
        name: .long, help: "An author whom they follow, such as 'Ada Lovelace' or 'A. Lovelace'; you can give several.")
    var author: [String] = []

    @Option(name: .long, help: "Their zone, such as Europe/Zurich, or its city.")
    var timeZone: String?

    @Option(name: .long, help: "When the digest comes, in their zone: 07:00.")
    var time: String?

    @Option(name: .long, help: "daily, weekdays or weekly.")
    var cadence: Cadence?

    @Option(name: .long, help: "The day of a weekly digest: 1 is Monday, 7 is Sunday.")
    var weekday: Int?

    @Option(name: .long, help: "The most papers in one digest, 1 to 100.")
    var maxPapers: Int?

    @Option(name: .long, help: "The language of their mails and pages: en, de, fr, es, ja or zh.")
    var language: Language?

    func validate() throws {
        if let timeZone {
            do {
                _ = try CivilZone(named: timeZone)
            } catch {
                throw ValidationError("\(error)")
            }
        }
        if let time, DeliverySchedule.minute(time) == nil {
            throw ValidationError("“\(time)” is not a time; write one such as 07:00")
        }
        if let weekday, !(1...7).contains(weekday) {
            throw ValidationError("weekday \(weekday) is not a number from 1 (Monday) to 7 (Sunday)")
        }
        if let maxPapers, !(1...100).contains(maxPapers) {
            throw ValidationError("max papers \(maxPapers) is not a number from 1 to 100")
        }
    }

    /// The topics, filters and authors given, checked; filters in canonical form.
    func interests(topics: Topics) throws -> Interests {
        for slug in topic where topics[slug: slug] == nil {
            throw CommandFailure("there is no topic “\(slug)”; `broadsheet topics list` names all")
        }
        let filters = try filter.map { try readFilter($0).description }
        let authors = try AuthorName.lines(author.joined(separator: "\n"))
        guard authors.count <= SubscriptionService.mostAuthors else {
            throw CommandFailure(
                "\(authors.count) authors are more than can be followed; leave \(SubscriptionService.mostAuthors)")
        }
        return Interests(topics: topic, filters: filters, authors: authors)
    }

    func schedule(from base: DeliverySchedule) -> DeliverySchedule {
        DeliverySchedule(
            timeZone: timeZone.flatMap { try? CivilZone(named: $0) } ?? base.timeZone,
            minute: time.flatMap { DeliverySchedule.minute($0) } ?? base.minute, cadence: cadence ?? base.cadence,
            weekday: weekday ?? base.weekday)
    }
}

extension Cadence: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}
extension SubscriberState: ExpressibleByArgument {}

/// A subscriber as `subscribers show --format json` prints it: what is stored, the mails and what was consented to.
struct SubscriberJSON: Encodable {
    let record: SubscriberRecord
    let deliveries: [DeliveryJSON]
    let consent: [ConsentJSON]

    init(_ subscriber: Subscriber, deliveries: [DeliveryRecord], consent: [Consent]) {
        record = SubscriberRecord(subscriber)
        self.deliveries = deliveries.map(DeliveryJSON.init)
        self.consent = consent.map(ConsentJSON.init)
    }

    enum CodingKeys: String, CodingKey { case deliveries, consent }

    func encode(to encoder: any Encoder) throws {
        try record.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(deliveries, forKey: .deliveries)
        try container.encode(consent, forKey: .consent)
    }
}

/// A line of the consent log.
struct ConsentJSON: Encodable {
    let event: String
    let source: String
    let at: Date

    init(_ consent: Consent) {
        event = consent.event
        source = consent.source
        at = consent.at
    }
}

/// A mail that somebody was sent, or is to be.
struct DeliveryJSON: Encodable {
    let kind: String
    let slot: String
    let state: String
    let papers: Int
    let attempts: Int
    let createdAt: Date
    let finishedAt: Date?
    let reply: String?
    let messageID: String?

    init(_ record: DeliveryRecord) {
        kind = record.kind.rawValue
        slot = record.slot
        state = record.state.rawValue
        papers = record.contents?.items.count ?? 0
        attempts = record.attempts
        createdAt = record.createdAt
        finishedAt = record.finishedAt
        reply = record.lastReply
        messageID = record.messageID
    }

    enum CodingKeys: String, CodingKey {
        case kind, slot, state, papers, attempts, reply
        case createdAt = "created_at"
        case finishedAt = "finished_at"
        case messageID = "message_id"
    }
}
