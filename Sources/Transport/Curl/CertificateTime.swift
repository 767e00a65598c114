import Foundation

/// Times of certificates as OpenSSL prints them: `Nov  5 22:30:17 2027 GMT`.
enum CertificateTime {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// - Returns: nil for any other text.
    static func date(_ text: String) -> Date? {
        let words = text.split(separator: " ")
        guard words.count == 5, words[4] == "GMT", let month = months.firstIndex(of: String(words[0])) else {
            return nil
        }
        let time = words[2].split(separator: ":").map { Int($0) }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        guard time.count == 3, let day = Int(words[1]), let year = Int(words[3]), !time.contains(nil) else {
            return nil
        }
        return calendar.date(
            from: DateComponents(
                year: year, month: month + 1, day: day, hour: time[0], minute: time[1], second: time[2]))
    }
}
