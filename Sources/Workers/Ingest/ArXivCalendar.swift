import Core
import Foundation

/// On which days arXiv's feeds hold news (https://info.arxiv.org/help/availability.html).
///
/// Papers are announced at 20:00 US Eastern time, Sunday to Thursday; the RSS feeds are rebuilt at the midnight after and
/// hold that one day. So there is news on Monday to Friday, holidays aside, in US Eastern days.
enum ArXivCalendar {
    static let timeZone = CivilZone(stored: "America/New_York")

    /// Days whose feeds are empty, as arXiv publishes them for each year; a year that is not listed has weekends only.
    private static let holidays: Set<String> = [
        "2026-01-01", "2026-01-19", "2026-06-19", "2026-07-03", "2026-09-07", "2026-11-26", "2026-12-25", "2026-12-29",
        "2026-12-31",
    ]

    /// How long after midnight the feeds may take to be rebuilt before their silence means something.
    private static let grace: TimeInterval = 2 * 3600

    /// Whether the feeds of the US Eastern day of that moment hold news.
    static func hasNews(on date: Date) -> Bool { hasNews(timeZone.day(of: date)) }

    private static func hasNews(_ day: CivilDate) -> Bool {
        day.weekday <= 5 && !holidays.contains(day.description)
    }

    /// The last midnight at which feeds with news were due to be there.
    ///
    /// - Parameter grace: seconds that they may take.
    static func lastRelease(before now: Date, grace: TimeInterval = grace) -> Date? {
        let today = timeZone.day(of: now).daysSince1970
        for number in 0..<15 {
            let day = CivilDate(daysSince1970: today - number)
            let start = timeZone.start(of: day)
            if hasNews(day), start.addingTimeInterval(grace) <= now { return start }
        }
        return nil
    }

    /// The next midnight at which feeds with news are rebuilt.
    static func nextRelease(after now: Date) -> Date {
        let today = timeZone.day(of: now).daysSince1970
        for number in 1...15 {
            let day = CivilDate(daysSince1970: today + number)
            if hasNews(day) { return timeZone.start(of: day) }
        }
        return now.addingTimeInterval(86_400)
    }

    /// Why there is nothing today, or nil on a day with news.
    static func reasonForSilence(on date: Date) -> String? {
        if holidays.contains(timeZone.day(of: date).description) { return "arXiv has a holiday" }
        return hasNews(on: date) ? nil : "arXiv announces nothing at weekends"
    }
}
