import Core
import Foundation

/// A day of the Gregorian calendar, without a time zone.
public struct CalendarDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let year: Int
    public let month: Int
    public let day: Int

    /// Reads `2026-11-23`; nil for any other form and for days there are none of.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { 48...57 ~= $0 } }), let year = Int(parts[0]),
            let month = Int(parts[1]), let day = Int(parts[2]),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        self.init(date)
    }

    /// The day that a moment falls on.
    public init(_ moment: Date, in timeZone: CivilZone = .utc) { self.init(timeZone.day(of: moment)) }

    public init(_ date: CivilDate) { self.init(year: date.year, month: date.month, day: date.day) }

    private init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// `2026-11-23`.
    public var description: String {
        "\(CivilDate.padded(year, 4))-\(CivilDate.padded(month, 2))-\(CivilDate.padded(day, 2))"
    }

    /// Its first moment in UTC.
    var start: Date {
        let days = CivilDate(year: year, month: month, day: day)?.daysSince1970 ?? 0
        return Date(timeIntervalSince1970: Double(days) * 86_400)
    }

    public static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}
