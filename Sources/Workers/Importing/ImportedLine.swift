import Core
import Feeds
import Filters
import Foundation
import Mail
import Site
import Store

/// One person as a line of a file describes them.
struct ImportedLine {
    let address: Address
    let state: SubscriberState
    /// Whether the line, in a list that should, does not say that the person agreed to mail.
    let isSilent: Bool
    /// What cannot be read of somebody who left, bounced or complained: that they are not to be mailed is kept all the same.
    let fault: ImportProblem?
    let details: Details

    /// What somebody reads, and when.
    struct Details {
        var interests = Interests()
        var schedule: DeliverySchedule
        var maxPapers: Int
        var language: Language?
        var seesBeyond = false
        /// When a paused subscription goes on by itself.
        var resumeAt: Date?
        var createdAt: Date?
        var confirmedAt: Date?
    }

    /// What a line without a word on something gets.
    struct Defaults {
        var schedule: DeliverySchedule
        var maxPapers: Int
        var topics: Topics
    }

    /// - Parameter list: what is known of all its lines.
    /// - Throws: ``ImportProblem`` naming the column and what it should hold.
    init(
        _ cells: [String], columns: [ImportColumn?], defaults: Defaults, list: ImportedConsent.List
    ) throws {
        var values: [ImportColumn: String] = [:]
        var consent = ImportedConsent()
        for (column, cell) in zip(columns, cells) {
            guard let column, column != .passedOver else { continue }
            let value = cell.trimmingCharacters(in: .whitespaces)
            guard !value.isEmpty else { continue }
            consent.take(column, value)
            values[column] = value
        }
        guard let email = values[.email] else { throw ImportProblem("the address is missing") }
        do {
            address = try Address(ImportTable.bare(email))
        } catch {
            throw ImportProblem("\(error)")
        }
        (state, isSilent) = consent.verdict(in: list)
        do {
            if let problem = consent.problem { throw problem }
            details = try Details(values, defaults)
            fault = nil
        } catch let problem as ImportProblem where [.unsubscribed, .bounced, .complained].contains(state) {
            details = Details(schedule: defaults.schedule, maxPapers: defaults.maxPapers)
            fault = problem
        }
    }
}

extension ImportedLine.Details {
    fileprivate init(_ values: [ImportColumn: String], _ defaults: ImportedLine.Defaults) throws {
        self.init(schedule: try Self.schedule(values, base: defaults.schedule), maxPapers: defaults.maxPapers)
        interests = try Self.interests(values, topics: defaults.topics)
        maxPapers = try Self.number(values[.maxPapers], "max_papers", in: 1...100) ?? maxPapers
        // Whoever reads none of ours gets the installation's.
        language = values[.language].flatMap { Language(tag: $0) }
        seesBeyond = try Self.flag(values[.beyond], "beyond")
        resumeAt = try values[.pausedUntil].map { text in
            guard let day = schedule.start(ofDay: text) else {
                throw ImportProblem("paused_until is “\(text)”, not a day such as 2026-12-07")
            }
            return day
        }
        createdAt = try Self.date(values[.createdAt] ?? values[.optInAt], "created_at")
        confirmedAt = try Self.date(values[.confirmedAt], "confirmed_at")
    }

    private static func interests(_ values: [ImportColumn: String], topics: Topics) throws -> Interests {
        var interests = Interests()
        interests.topics = (values[.topics] ?? "").split { $0.isWhitespace || $0 == "," || $0 == ";" }.map(String.init)
        for slug in interests.topics where topics[slug: slug] == nil {
            throw ImportProblem("there is no topic “\(slug)”; `broadsheet topics list` names all")
        }
        for text in (values[.filters] ?? "").split(whereSeparator: \.isNewline) {
            do {
                interests.filters.append(try Filter(String(text)).description)
            } catch {
                throw ImportProblem("the filter “\(text)” cannot be read: \(error)")
            }
        }
        do throws(AuthorNameError) {
            interests.authors = try AuthorName.lines(values[.authors] ?? "")
        } catch {
            throw ImportProblem("the column authors has one name a line, and \(error)")
        }
        guard interests.authors.count <= SubscriptionService.mostAuthors else {
            let count = interests.authors.count
            throw ImportProblem(
                "\(count) authors are more than can be followed; leave \(SubscriptionService.mostAuthors)")
        }
        return interests
    }

    private static func schedule(
        _ values: [ImportColumn: String], base: DeliverySchedule
    ) throws -> DeliverySchedule {
        var schedule = base
        if let name = values[.timeZone] {
            do {
                schedule.timeZone = try CivilZone(named: name)
            } catch {
                throw ImportProblem("\(error)")
            }
        }
        if let time = values[.time] {
            guard let minute = DeliverySchedule.minute(time) else {
                throw ImportProblem("“\(time)” is not a time; write one such as 07:00")
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
        // Of a yes or no when it was is not known.
        guard let text, text.utf8.count >= 6 else { return nil }
        if let date = FeedDate.parse(text) { return date }
        if let seconds = Int64(text), (0...4_102_444_800).contains(seconds) {
            return seconds == 0 ? nil : Date(timeIntervalSince1970: Double(seconds))
        }
        guard
            let parts = text.wholeMatch(
                of: /(\d{1,2})([.\/-])(\d{1,2})\2(\d{2}|\d{4})(?:[ ,T]+(\d{1,2}:\d{2}(?::\d{2})?))?/)
        else { throw ImportProblem("\(name) is “\(text)”, not a time such as 2026-11-23T07:00:00Z") }
        return try Self.date(
            (Int(parts.1) ?? 0, Int(parts.3) ?? 0, Int(parts.4) ?? 0), isSlashed: parts.2 == "/",
            time: parts.5.map(String.init), name, text)
    }

    /// `24.11.2026` and `24-11-2026` begin with the day; `3/4/2026` may begin with either, so that it is not known.
    private static func date(
        _ parts: (Int, Int, year: Int), isSlashed: Bool, time: String?, _ name: String, _ text: String
    ) throws -> Date? {
        var (day, month) = (parts.0, parts.1)
        if isSlashed {
            if day <= 12, month <= 12, day != month { return nil }
            if month > 12 { swap(&day, &month) }
        }
        let year = parts.year < 100 ? 2000 + parts.year : parts.year
        let iso = [month, day].map { $0 < 10 ? "-0\($0)" : "-\($0)" }.joined()
        let hour = time.map { "T" + ($0.prefix { $0 != ":" }.count == 1 ? "0" : "") + $0 } ?? ""
        guard let date = FeedDate.parse("\(year)\(iso)\(hour)") else {
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
