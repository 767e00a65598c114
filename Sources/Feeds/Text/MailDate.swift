import Foundation

/// `Mon, 30 Sep 2024 00:00:00 -0400` and its kin, by what each word looks like rather than by its place, so that a missing
/// weekday, another order (`Sep 30, 2024`, asctime) or a comma too many does no harm.
struct MailDate {
    private var fields = DateFields()
    private var day: Int?
    private var month: Int?
    private var year: Int?
    private var isAfternoon: Bool?

    var date: Date? { fields.date }

    init?(_ text: String) {
        for word in Self.words(of: text) {
            guard read(word) else { return nil }
        }
        guard let day, let month, let year else { return nil }
        (fields.day, fields.month, fields.year) = (day, month, year)
        if let isAfternoon { fields.hour = fields.hour % 12 + (isAfternoon ? 12 : 0) }
    }

    private static func words(of text: String) -> [Substring] {
        text.split { $0.isWhitespace || $0 == "," || $0 == "(" || $0 == ")" }.flatMap { word in
            // `30-Sep-2024`
            word.contains("-") && word.contains(where: \.isLetter) && word.first?.isNumber == true
                ? word.split(separator: "-") : [word]
        }
    }

    private mutating func read(_ word: Substring) -> Bool {
        if word.contains(":"), word.first?.isNumber == true { return time(word) }
        if let number = Int(word), word.first?.isNumber == true { return self.number(number, digits: word.count) }
        if let ordinal = Self.ordinal(word) { return number(ordinal, digits: 2) }
        let key = word.lowercased().replacingOccurrences(of: ".", with: "")
        if key == "am" || key == "pm" {
            isAfternoon = key == "pm"
            return true
        }
        if month == nil, let number = MonthNames.month(key) {
            month = number
            return true
        }
        if let offset = TimeZoneOffset.seconds(String(word)) {
            fields.offset = offset
            return true
        }
        // A weekday, in whatever language, says nothing that the date does not; other words make it no date.
        return day == nil && year == nil
    }

    private mutating func number(_ number: Int, digits: Int) -> Bool {
        if digits <= 2, day == nil {
            day = number
        } else if year == nil {
            // RFC 5322, section 4.3: two digits below 50 are 20xx, above 19xx; three count from 1900.
            year = digits == 2 ? number + (number < 50 ? 2000 : 1900) : digits == 3 ? number + 1900 : number
        } else {
            return false
        }
        return true
    }

    /// `1st`, `22nd`
    private static func ordinal(_ word: Substring) -> Int? {
        guard word.count <= 4, ["st", "nd", "rd", "th"].contains(word.suffix(2).lowercased()) else { return nil }
        return Int(word.dropLast(2))
    }

    private mutating func time(_ word: Substring) -> Bool {
        var clock = word
        let suffix = word.suffix(2).lowercased()
        if suffix == "am" || suffix == "pm" {
            isAfternoon = suffix == "pm"
            clock = word.dropLast(2)
        } else if let mark = word.dropFirst(3).firstIndex(where: { $0 == "+" || $0 == "-" || $0 == "Z" }) {
            guard let offset = TimeZoneOffset.seconds(String(word[mark...])) else { return false }
            fields.offset = offset
            clock = word[..<mark]
        }
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let hour = Int(parts[0]), let minute = Int(parts[1]) else { return false }
        (fields.hour, fields.minute) = (hour, minute)
        guard parts.count == 3 else { return true }
        guard let second = Double(parts[2].replacingOccurrences(of: ",", with: ".")) else { return false }
        fields.second = (second * 1000).rounded(.down) / 1000
        return true
    }
}
