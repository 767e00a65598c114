import Core
import Foundation
import Store

/// A subscriber as one JSON object, for programs and for the person: keys in `snake_case`.
public struct SubscriberRecord: Encodable, Sendable {
    public let id: Int64
    public let email: String
    public let state: String
    public let topics: [String]
    public let filters: [String]
    /// Whom they follow.
    public let authors: [String]
    public let timeZone: String
    /// `07:00`
    public let time: String
    public let cadence: String
    /// 1 is Monday.
    public let weekday: Int
    public let maxPapers: Int
    /// Nil where it is the site's.
    public let language: String?
    public let beyond: Bool
    /// `2026-12-07`; nil unless the subscription pauses until a day.
    public let pausedUntil: String?
    public let nextDigestAt: Date?
    public let createdAt: Date
    public let confirmedAt: Date?
    public let leftAt: Date?

    public init(_ subscriber: Subscriber) {
        id = subscriber.id
        email = subscriber.address.description
        state = subscriber.state.rawValue
        topics = subscriber.interests.topics
        filters = subscriber.interests.filters
        authors = subscriber.interests.authors.map(\.text)
        timeZone = subscriber.schedule.timeZone.identifier
        time = subscriber.schedule.time
        cadence = subscriber.schedule.cadence.rawValue
        weekday = subscriber.schedule.weekday
        maxPapers = subscriber.maxPapers
        language = subscriber.language?.rawValue
        beyond = subscriber.seesBeyond
        pausedUntil = subscriber.resumeDay
        nextDigestAt = subscriber.nextDigestAt
        createdAt = subscriber.createdAt
        confirmedAt = subscriber.confirmedAt
        leftAt = subscriber.leftAt
    }

    enum CodingKeys: String, CodingKey {
        case id, email, state, topics, filters, authors, time, cadence, weekday, language, beyond
        case timeZone = "time_zone"
        case maxPapers = "max_papers"
        case pausedUntil = "paused_until"
        case nextDigestAt = "next_digest_at"
        case createdAt = "created_at"
        case confirmedAt = "confirmed_at"
        case leftAt = "left_at"
    }
}
