import Core
import Digests
import Foundation

/// A day, week or month whose papers have a page, as it stands in the page's address: `2026-11-20`, `2026-W47` (ISO 8601),
/// `2026-11`.
public struct ListPeriod: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Sendable { case day, week, month }

    public let kind: Kind
    /// Days since 1970-01-01 of its first day.
    private let start: Int

    /// The years that have pages.
    private static let years = 1900...9999

    /// Nil for any other form, for days, weeks and months there are none of, and for years before 1900.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let year = parts.first.flatMap({ CivilDate.number($0, digits: 4) }), Self.years.contains(year) else {
            return nil
        }
        if let date = CivilDate(text) {
            self.init(.day, day: date.daysSince1970)
        } else if parts.count == 2, parts[1].first == "W", let week = CivilDate.number(parts[1].dropFirst(), digits: 2),
            let monday = Self.firstMonday(of: year), (1...53).contains(week)
        {
            self.init(.week, day: monday + (week - 1) * 7)
            // A year without a week 53 has its days in the next year's first.
            guard description == text else { return nil }
        } else if parts.count == 2, let month = CivilDate.number(parts[1], digits: 2),
            let date = CivilDate(year: year, month: month, day: 1)
        {
            self.init(.month, day: date.daysSince1970)
        } else {
            return nil
        }
    }

    /// The period of a kind that a moment falls into.
    public init(_ kind: Kind, of moment: Date, in zone: CivilZone) {
        self.init(kind, day: zone.day(of: moment).daysSince1970)
    }

    private init(_ kind: Kind, day: Int) {
        self.kind = kind
        switch kind {
        case .day: start = day
        case .week: start = day - Self.weekday(day)
        case .month: start = day - CivilDate(daysSince1970: day).day + 1
        }
    }

    /// The first day after it.
    private var end: Int {
        switch kind {
        case .day: start + 1
        case .week: start + 7
        case .month: ListPeriod(.month, day: start + 31).start
        }
    }

    public var firstDay: CivilDate { CivilDate(daysSince1970: start) }
    public var lastDay: CivilDate { CivilDate(daysSince1970: end - 1) }

    /// ISO 8601's year of weeks, which differs from the calendar's in the first and last days of January and December, and
    /// its week from 1 to 53; says nothing about days and months.
    public var isoWeek: (year: Int, week: Int) {
        let thursday = start - Self.weekday(start) + 3
        let year = CivilDate(daysSince1970: thursday).year
        let monday = Self.firstMonday(of: year) ?? start
        return (year, (thursday - monday) / 7 + 1)
    }

    public var description: String {
        switch kind {
        case .day: firstDay.description
        case .week: "\(CivilDate.padded(isoWeek.year, 4))-W\(CivilDate.padded(isoWeek.week, 2))"
        case .month: String(firstDay.description.prefix(7))
        }
    }

    /// From its first moment until the first moment after it.
    public func moments(in zone: CivilZone) -> Range<Date> {
        let first = zone.start(of: firstDay)
        // A day that the zone leaves out has none.
        return first..<max(first, zone.start(of: CivilDate(daysSince1970: end)))
    }

    /// 0 is Monday.
    private static func weekday(_ day: Int) -> Int { CivilDate(daysSince1970: day).weekday - 1 }

    /// The Monday of the week that holds 4 January.
    private static func firstMonday(of year: Int) -> Int? {
        CivilDate(year: year, month: 1, day: 4).map { $0.daysSince1970 - weekday($0.daysSince1970) }
    }
}
