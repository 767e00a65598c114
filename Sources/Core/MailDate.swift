import Foundation

/// Dates of RFC 5322 section 3.3: `Mon, 23 Nov 2026 06:30:00 +0000`, as mails and older formats of feeds write them.
public enum MailDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// - Parameter offset: the zone the date is written in, in seconds east of UTC; whole minutes are used.
    public static func string(_ date: Date, offset: Int = 0) -> String {
        let minutes = offset / 60
        let local = Int(date.timeIntervalSince1970.rounded(.down)) + minutes * 60
        let day = Int((Double(local) / 86_400).rounded(.down))
        let second = local - day * 86_400
        let civil = CivilDate(daysSince1970: day)
        let zone =
            (minutes < 0 ? "-" : "+") + CivilDate.padded(abs(minutes) / 60, 2) + CivilDate.padded(abs(minutes) % 60, 2)
        let clock = "\(CivilZone.time(minute: second / 60)):\(CivilDate.padded(second % 60, 2))"
        return "\(days[civil.weekday % 7]), \(civil.day) \(months[civil.month - 1]) \(civil.year) \(clock) \(zone)"
    }
}
