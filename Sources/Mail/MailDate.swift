import Foundation

/// Dates of RFC 5322 section 3.3: `Mon, 23 Nov 2026 06:30:00 +0000`.
public enum MailDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// - Parameter offset: the zone the date is written in, in seconds east of UTC; whole minutes are used.
    public static func string(_ date: Date, offset: Int = 0) -> String {
        let minutes = offset / 60
        let local = Int(date.timeIntervalSince1970.rounded(.down)) + minutes * 60
        let day = Int((Double(local) / 86_400).rounded(.down))
        let second = local - day * 86_400
        let (year, month, dayOfMonth) = civil(fromDays: day)
        let weekday = ((day + 4) % 7 + 7) % 7
        let zone = (minutes < 0 ? "-" : "+") + two(abs(minutes) / 60) + two(abs(minutes) % 60)
        let clock = "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
        return "\(days[weekday]), \(dayOfMonth) \(months[month - 1]) \(year) \(clock) \(zone)"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Days since 1970 to year, month and day: Howard Hinnant's `civil_from_days`, free of time zones and locales.
    private static func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
