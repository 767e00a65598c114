import Feeds
import Filters
import Foundation
import Mail
import Site
import Store

/// One person as a line of a file describes them.
struct ImportedLine {
    var address: Address
    var state: SubscriberState
    var interests: Interests
    var schedule: DeliverySchedule
    var maxPapers: Int
    var language: Language?
    var seesBeyond: Bool
    /// When a paused subscription goes on by itself.
    var resumeAt: Date?
    var createdAt: Date?
    var confirmedAt: Date?

    /// What a line without a word on something gets.
    struct Defaults {
        var schedule: DeliverySchedule
        var maxPapers: Int
        var topics: Topics
    }

    /// - Throws: ``ImportProblem`` naming the column and what it should hold.
    init(_ cells: [String], columns: [ImportColumn?], defaults: Defaults) throws {
        var values: [ImportColumn: String] = [:]
        for (column, cell) in zip(columns, cells) {
            guard let column, column != .passedOver else { continue }
            let value = cell.trimmingCharacters(in: .whitespaces)
            if !value.isEmpty { values[column] = value }
        }
        guard let email = values[.email] else { throw ImportProblem("the address is missing") }
        do {
            address = try Address(email)
        } catch {
            throw ImportProblem("\(error)")
        }
        state = try Self.state(values)
        interests = try Self.interests(values, topics: defaults.topics)
        schedule = try Self.schedule(values, base: defaults.schedule)
        maxPapers = try Self.number(values[.maxPapers], "max_papers", in: 1...100) ?? defaults.maxPapers
        // Whoever reads none of ours gets the installation's.
        language = values[.language].flatMap { Language(tag: $0) }
        seesBeyond = try Self.flag(values[.beyond], "beyond")
        resumeAt = try values[.pausedUntil].map { text in
            guard let day = schedule.start(ofDay: text) else {
                throw ImportProblem("paused_until is “\(text)”, not a day such as 2026-12-07")
            }
            return day
        }
        createdAt = try Self.date(values[.createdAt], "created_at")
        confirmedAt = try Self.date(values[.confirmedAt], "confirmed_at")
    }

    private static let states: [String: SubscriberState] = [
        "active": .active, "enabled": .active, "confirmed": .active, "subscribed": .active, "regular": .active,
        "premium": .active, "gifted": .active, "trialed": .active,
        "pending": .pending, "unconfirmed": .pending, "unactivated": .pending,
        "paused": .paused, "disabled": .paused, "by_user": .paused, "by_moderator": .paused,
        "unsubscribed": .unsubscribed, "removed": .unsubscribed, "archived": .unsubscribed, "churned": .unsubscribed,
        "bounced": .bounced, "cleaned": .bounced, "undeliverable": .bounced, "by_bounces": .bounced,
        "complained": .complained, "blocklisted": .complained, "blacklisted": .complained, "spammy": .complained,
    ]

    private static func state(_ values: [ImportColumn: String]) throws -> SubscriberState {
        if values[.cleanedAt] != nil { return .bounced }
        if values[.leftAt] != nil { return .unsubscribed }
        guard let word = values[.state] else { return .active }
        guard let state = states[word.lowercased()] else {
            throw ImportProblem("“\(word)” is no state; use one such as active, paused, unsubscribed or bounced")
        }
        return state
    }

    private static func interests(_ values: [ImportColumn: String], topics: Topics) throws -> Interests {
        var interests = Interests()
        interests.topics = (values[.topics] ?? "").split { $0.isWhitespace || $0 == "," || $0 == ";" }.map(String.init)
        for slug in interests.topics where topics[slug: slug] == nil {
            throw ImportProblem("there is no topic “\(slug)”; `broadsheet topics list` names them")
        }
        for text in (values[.filters] ?? "").split(whereSeparator: \.isNewline) {
            do {
                interests.filters.append(try Filter(String(text)).description)
            } catch {
                throw ImportProblem("the filter “\(text)” cannot be read: \(error)")
            }
        }
        return interests
    }

    private static func schedule(
        _ values: [ImportColumn: String], base: DeliverySchedule
    ) throws -> DeliverySchedule {
        var schedule = base
        if let name = values[.timeZone] {
            guard let zone = TimeZone(identifier: name) else {
                throw ImportProblem("“\(name)” is no time zone; write one such as Europe/Zurich")
            }
            schedule.timeZone = zone
        }
        if let time = values[.time] {
            guard let minute = DeliverySchedule.minute(time) else {
                throw ImportProblem("“\(time)” is no time; write one such as 07:00")
            }
            schedule.minute = minute
        }
        if let name = values[.cadence] {
            guard let cadence = Cadence(rawValue: name.lowercased()) else {
                throw ImportProblem("“\(name)” is no cadence; write daily, weekdays or weekly")
            }
            schedule.cadence = cadence
        }
        schedule.weekday = try number(values[.weekday], "weekday", in: 1...7) ?? schedule.weekday
        return schedule
    }

    private static func number(_ text: String?, _ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw ImportProblem("\(name) is “\(text)”, not a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func flag(_ text: String?, _ name: String) throws -> Bool {
        switch text?.lowercased() {
        case nil, "false", "no", "0": false
        case "true", "yes", "1": true
        case let word?: throw ImportProblem("\(name) is “\(word)”, not true or false")
        }
    }

    private static func date(_ text: String?, _ name: String) throws -> Date? {
        guard let text else { return nil }
        guard let date = FeedDate.parse(text) else {
            throw ImportProblem("\(name) is “\(text)”, not a time such as 2026-11-23T07:00:00Z")
        }
        return date
    }
}

/// Why one line of an import is refused.
public struct ImportProblem: Error, CustomStringConvertible, Sendable {
    public let description: String

    init(_ description: String) { self.description = description }
}
