import Core
import Foundation

/// How often a subscriber's digest comes.
public enum Cadence: String, Sendable, Codable, CaseIterable {
    case daily
    /// Monday to Friday.
    case weekdays
    /// On one day of the week.
    case weekly
}

/// When a subscriber's digest is due, in the subscriber's own zone.
///
/// A time that a daylight-saving change skips moves to just after the gap, or to just before it where that would be the next
/// day, and of a time that comes twice the first counts: so there is exactly one moment for each day.
public struct DeliverySchedule: Sendable, Hashable {
    public var timeZone: CivilZone
    /// Minutes after local midnight, 0 to 1439.
    public var minute: Int
    public var cadence: Cadence
    /// The day of a weekly digest: 1 is Monday, 7 is Sunday (ISO 8601).
    public var weekday: Int

    public init(timeZone: CivilZone, minute: Int, cadence: Cadence = .daily, weekday: Int = 1) {
        self.timeZone = timeZone
        self.minute = min(max(minute, 0), 1439)
        self.cadence = cadence
        self.weekday = min(max(weekday, 1), 7)
    }

    /// The minute of the day that `07:00` writes; nil for anything else.
    public static func minute(_ text: some StringProtocol) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]), (0...23).contains(hour),
            (0...59).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }

    /// The time of day as `07:00`.
    public var time: String { CivilZone.time(minute: minute) }

    /// The first moment after `instant` at which a digest is due.
    public func next(after instant: Date) -> Date {
        let today = timeZone.day(of: instant).daysSince1970
        return occasion(on: today...(today + Self.reach)) { $0 > instant } ?? instant.addingTimeInterval(86_400)
    }

    /// The last moment up to `instant` at which a digest is due; nil where there was none in the two weeks before.
    public func latest(upTo instant: Date) -> Date? {
        let today = timeZone.day(of: instant).daysSince1970
        return occasion(on: ((today - Self.reach)...today).reversed()) { $0 <= instant }
    }

    /// Seconds from the digest before to one that comes at `instant`, and half a day more, since clocks change and digests
    /// wait for late feeds.
    public func interval(at instant: Date) -> TimeInterval {
        let days =
            switch cadence {
            case .daily: 1
            // That of Monday has the weekend.
            case .weekdays: timeZone.day(of: instant).weekday == 1 ? 3 : 1
            case .weekly: 7
            }
        return Double(days) * 2 * Self.halfDay + Self.halfDay
    }

    /// Days. Two weeks hold the weekly day even where the zone leaves one out.
    private static let reach = 15

    /// The first moment of a digest on some days, counted since 1970, that fits.
    private func occasion(on days: some Sequence<Int>, where fits: (Date) -> Bool) -> Date? {
        for number in days {
            let day = CivilDate(daysSince1970: number)
            if wants(day), let moment = timeZone.occasion(on: day, minute: minute), fits(moment) { return moment }
        }
        return nil
    }

    /// The moment of a digest that comes at the same time of the same day by the zone's rules of today, for one that was worked
    /// out by others; nil where there is none near it, as where the digest comes outside the schedule.
    public func moved(_ moment: Date) -> Date? {
        // Rules that change move a clock by an hour or two; the day is the same for half a day in both directions.
        let near = next(after: moment.addingTimeInterval(-Self.halfDay))
        return near <= moment.addingTimeInterval(Self.halfDay) ? near : nil
    }

    /// The beginning of a day by the zone's rules of today, for one that was worked out by others.
    public func movedStart(_ moment: Date) -> Date {
        let start = timeZone.start(of: timeZone.day(of: moment.addingTimeInterval(Self.halfDay)))
        return abs(start.timeIntervalSince(moment)) <= Self.halfDay ? start : moment
    }

    private static let halfDay: TimeInterval = 12 * 3600

    /// The day a moment belongs to, as the local date: `2026-11-23`. Unique for a subscriber.
    public func slot(of instant: Date) -> String { timeZone.day(of: instant).description }

    /// The moment at which a local date such as `2026-11-23` begins; nil for any other text, and for a day that the zone leaves
    /// out.
    public func start(ofDay day: String) -> Date? {
        guard let date = CivilDate(day), date.year >= 1 else { return nil }
        let start = timeZone.start(of: date)
        return timeZone.day(of: start) == date ? start : nil
    }

    private func wants(_ day: CivilDate) -> Bool {
        switch cadence {
        case .daily: true
        case .weekdays: day.weekday <= 5
        case .weekly: day.weekday == weekday
        }
    }
}
