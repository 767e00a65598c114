import Foundation

/// On which days arXiv's feeds hold news (https://info.arxiv.org/help/availability.html).
///
/// Papers are announced at 20:00 US Eastern time, Sunday to Thursday; the RSS feeds are rebuilt at the midnight after and
/// hold that one day. So there is news on Monday to Friday, holidays aside, in US Eastern days.
enum ArXivCalendar {
    static let timeZone = TimeZone(identifier: "America/New_York") ?? .gmt

    /// Days whose feeds are empty, as arXiv publishes them for each year; a year that is not listed has weekends only.
    private static let holidays: Set<String> = [
        "2026-01-01", "2026-01-19", "2026-06-19", "2026-07-03", "2026-09-07", "2026-11-26", "2026-12-25", "2026-12-29",
        "2026-12-31",
    ]

    /// How long after midnight the feeds may take to be rebuilt before their silence means something.
    private static let grace: TimeInterval = 2 * 3600

    private static var calendar: Calendar {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = timeZone
        return calendar
    }

    /// Whether the feeds of the US Eastern day of that moment hold news.
    static func hasNews(on date: Date) -> Bool {
        let weekday = calendar.component(.weekday, from: date)
        return (2...6).contains(weekday) && !holidays.contains(day(of: date))
    }

    /// The last midnight at which feeds with news were due to be there.
    ///
    /// - Parameter grace: seconds that they may take.
    static func lastRelease(before now: Date, grace: TimeInterval = grace) -> Date? {
        var start = calendar.startOfDay(for: now)
        for _ in 0..<15 {
            if hasNews(on: start), start.addingTimeInterval(grace) <= now { return start }
            start = calendar.startOfDay(for: start.addingTimeInterval(-12 * 3600))
        }
        return nil
    }

    /// The next midnight at which feeds with news are rebuilt.
    static func nextRelease(after now: Date) -> Date {
        var start = calendar.startOfDay(for: now)
        for _ in 0..<15 {
            start = calendar.startOfDay(for: start.addingTimeInterval(36 * 3600))
            if hasNews(on: start) { return start }
        }
        return now.addingTimeInterval(86_400)
    }

    /// Why there is nothing today, or nil on a day with news.
    static func reasonForSilence(on date: Date) -> String? {
        if holidays.contains(day(of: date)) { return "arXiv has a holiday" }
        return hasNews(on: date) ? nil : "arXiv announces nothing at weekends"
    }

    /// `2026-11-23`, the US Eastern day.
    private static func day(of date: Date) -> String {
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
    }
}
