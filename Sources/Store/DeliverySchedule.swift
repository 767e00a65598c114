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
/// A time that a daylight-saving change skips moves to just after the gap, and of a time that comes twice the first counts,
/// so there is exactly one moment for each day.
public struct DeliverySchedule: Sendable, Hashable {
    /// An IANA zone, such as `Europe/Zurich`.
    public var timeZone: TimeZone
    /// Minutes after local midnight, 0 to 1439.
    public var minute: Int
    public var cadence: Cadence
    /// The day of a weekly digest: 1 is Monday, 7 is Sunday (ISO 8601).
    public var weekday: Int

    public init(timeZone: TimeZone, minute: Int, cadence: Cadence = .daily, weekday: Int = 1) {
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
    public var time: String { String(format: "%02d:%02d", minute / 60, minute % 60) }

    private var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        return calendar
    }

    /// The first moment after `instant` at which a digest is due.
    public func next(after instant: Date) -> Date {
        let calendar = calendar
        let today = calendar.dateComponents([.year, .month, .day], from: instant)
        // Eight days always hold the weekly day once more than half a week of gaps can hide.
        for offset in 0...8 {
            var day = today
            day.day = (today.day ?? 1) + offset
            day.hour = minute / 60
            day.minute = minute % 60
            guard let moment = calendar.date(from: day), moment > instant, wants(moment, in: calendar) else { continue }
            return moment
        }
        return instant.addingTimeInterval(86_400)
    }

    /// The last moment up to `instant` at which a digest is due; nil where there was none in the week before.
    public func latest(upTo instant: Date) -> Date? {
        let calendar = calendar
        let today = calendar.dateComponents([.year, .month, .day], from: instant)
        for offset in 0...8 {
            var day = today
            day.day = (today.day ?? 1) - offset
            day.hour = minute / 60
            day.minute = minute % 60
            guard let moment = calendar.date(from: day), moment <= instant, wants(moment, in: calendar) else {
                continue
            }
            return moment
        }
        return nil
    }

    /// The morning a moment belongs to, as the local date: `2026-11-23`. Unique for a subscriber.
    public func slot(of instant: Date) -> String {
        let day = calendar.dateComponents([.year, .month, .day], from: instant)
        return String(format: "%04d-%02d-%02d", day.year ?? 0, day.month ?? 0, day.day ?? 0)
    }

    /// The moment at which a local date such as `2026-11-23` begins; nil for any other text.
    public func start(ofDay day: String) -> Date? {
        let numbers = day.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        // The calendar cannot count with any number that somebody may have written.
        guard numbers.count == 3, let year = numbers[0], let month = numbers[1], let number = numbers[2],
            (1...9999).contains(year), (1...12).contains(month), (1...31).contains(number)
        else { return nil }
        let calendar = calendar
        // Noon exists on every day, midnight does not.
        let noon = DateComponents(year: year, month: month, day: number, hour: 12)
        guard let moment = calendar.date(from: noon), slot(of: moment) == day else { return nil }
        return calendar.startOfDay(for: moment)
    }

    private func wants(_ moment: Date, in calendar: Calendar) -> Bool {
        // Calendar counts from Sunday = 1.
        let weekday = (calendar.component(.weekday, from: moment) + 5) % 7 + 1
        return switch cadence {
        case .daily: true
        case .weekdays: weekday <= 5
        case .weekly: weekday == self.weekday
        }
    }
}
