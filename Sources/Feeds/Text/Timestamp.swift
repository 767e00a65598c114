import Core
import Foundation

/// Instants as RFC 3339 writes them.
enum Timestamp {
    /// `2026-11-20T09:30:00Z`, with milliseconds only where there are any; the nearest it can write, for an instant outside
    /// the years 1 to 9999.
    static func rfc3339(_ date: Date) -> String {
        let exact = (date.timeIntervalSince1970 * 1000).rounded()
        let milliseconds = exact > -62_135_596_800_000 ? Int(min(exact, 253_402_300_799_999)) : -62_135_596_800_000
        let seconds = Int((Double(milliseconds) / 1000).rounded(.down))
        let fraction = milliseconds - seconds * 1000
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        let clock = seconds - days * 86_400
        let date = CivilDate(daysSince1970: days)
        let time = "\(CivilZone.time(minute: clock / 60)):\(CivilDate.padded(clock % 60, 2))"
        return "\(date)T\(time)\(fraction == 0 ? "" : "." + CivilDate.padded(fraction, 3))Z"
    }
}
