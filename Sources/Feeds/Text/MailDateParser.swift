import Foundation

/// `Mon, 30 Sep 2024 00:00:00 -0400` and its kin, by what each word looks like rather than by its place, so that a missing
/// weekday, another order (`Sep 30, 2024`, asctime, `30. Sept. 2024`, `2024. szeptember 30.`) or a comma too many does no
/// harm. Dates of numbers alone are read where only one order is possible: `30.9.2024`, `30/09/2024`, `9/30/2024`.
struct MailDateParser {
    private var fields = DateFields()
    private var day: Int?
    private var month: Int?
    private var year: Int?
    private var isAfternoon: Bool?
    private var isMonthDoubtful = false

    /// `30 de septiembre de 2024`, `30th of September at 10:00`
    private static let fillers: Set = [
        "de", "del", "of", "at", "the", "um", "uhr", "den", "der", "le", "kl", "kl.", "г.", "р.", "г", "в", "à", "a",
        "o",
        "ore", "alle", "klo", "year", "hrs", "h",
    ]

    var date: Date? { fields.date }

    init?(_ text: String) {
        for word in text.lowercased()[...].utf8.split(whereSeparator: Self.divides) {
            // `30-Sep-2024`
            let isDashed =
                word.first?.isDigit ?? false && word.contains(UInt8(ascii: "-")) && word.contains { $0 > 0x40 }
            for part in isDashed ? word.split(separator: UInt8(ascii: "-")) : [word] {
                guard read(part) else { return nil }
            }
        }
        guard let day, let month, let year else { return nil }
        (fields.day, fields.month, fields.year) = (day, month, year)
        if let isAfternoon { fields.hour = fields.hour % 12 + (isAfternoon ? 12 : 0) }
    }

    /// What stands in parentheses at the end explains the zone that stands before it (RFC 5322, section 3.3; JavaScript's
    /// `GMT+0100 (Central European Standard Time)`).
    static func withoutComment(_ text: String) -> String {
        guard text.utf8.last == UInt8(ascii: ")"), let open = text.lastIndex(of: "(") else { return text }
        let before = text[..<open].utf8.reversed().drop { $0 == 0x20 }
        let digits = before.prefix { $0.isDigit || $0 == UInt8(ascii: ":") }
        let sign = before.dropFirst(digits.count).first
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return text }
        return String(text[..<open])
    }

    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    private static func isWeekday(_ word: Substring.UTF8View) -> Bool {
        word.count >= 3 && weekdays.contains { $0.utf8.starts(with: word) }
    }

    private static func divides(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
    }

    private mutating func read(_ word: Substring.UTF8View) -> Bool {
        if let first = word.first, first.isDigit {
            if word.contains(UInt8(ascii: ":")) { return time(word) }
            // 24. November
            let word = word.last == UInt8(ascii: ".") ? word.dropLast() : word
            if let number = Int(Substring(word)) { return self.number(number, digits: word.count) }
            if numbers(word) || clock(word) { return true }
            return Self.ordinal(word).map { number($0, digits: 2) } ?? false
        }
        let bare = word.last == UInt8(ascii: ".") ? word.dropLast() : word
        // What nearly every date begins with need not be looked for among the months of ten languages.
        if day == nil, year == nil, month == nil, Self.isWeekday(bare) { return true }
        if bare.elementsEqual("am".utf8) || bare.elementsEqual("pm".utf8) || word.elementsEqual("a.m.".utf8)
            || word.elementsEqual("p.m.".utf8)
        {
            isAfternoon = bare.first == UInt8(ascii: "p")
            return true
        }
        if month == nil || isMonthDoubtful, let number = MonthNames.month(bare) {
            // `mar` is March, and Tuesday in half of Europe: before the day it may have been the weekday.
            isMonthDoubtful = month == nil && day == nil
            month = number
            return true
        }
        if Self.fillers.contains(String(Substring(word))) { return true }
        if let offset = TimeZoneOffset.seconds(String(Substring(word))) {
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
    private static func ordinal(_ word: Substring.UTF8View) -> Int? {
        let suffix = String(Substring(word.suffix(2)))
        if word.count <= 4, ["st", "nd", "rd", "th", "er"].contains(suffix) { return Int(Substring(word.dropLast(2))) }
        return nil
    }

    /// Day, month and year, or year, month and day, as numbers: with dots the day comes first, with others only where a
    /// number above 12 tells it from the month.
    private mutating func numbers(_ word: Substring.UTF8View) -> Bool {
        guard day == nil, month == nil, year == nil else { return false }
        let dots = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let parts =
            dots.count == 3
            ? dots : word.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "-") }
        let values = parts.compactMap { $0.count <= 4 ? Int(Substring($0)) : nil }
        guard parts.count == 3, values.count == 3 else { return false }
        if parts[0].count == 4 {
            (year, month, day) = (values[0], values[1], values[2])
            return true
        }
        guard parts[0].count <= 2, parts[1].count <= 2, parts[2].count == 4 || (parts[2].count == 2 && dots.count == 3)
        else { return false }
        if dots.count == 3 || values[0] > 12 {
            (day, month) = (values[0], values[1])
        } else if values[1] > 12 || values[0] == values[1] {
            (month, day) = (values[0], values[1])
        } else {
            return false
        }
        return number(values[2], digits: parts[2].count)
    }

    /// `10.30` and `10h30` behind the date, as in `um 10.30 Uhr`.
    private mutating func clock(_ word: Substring.UTF8View) -> Bool {
        guard year != nil, day != nil, word.count <= 5 else { return false }
        let parts = word.split { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "h") }
        guard parts.count == 2, parts[1].count == 2, let hour = Int(Substring(parts[0])),
            let minute = Int(Substring(parts[1]))
        else { return false }
        (fields.hour, fields.minute) = (hour, minute)
        return true
    }

    private mutating func time(_ word: Substring.UTF8View) -> Bool {
        var clock = word
        if word.suffix(2).elementsEqual("am".utf8) || word.suffix(2).elementsEqual("pm".utf8) {
            isAfternoon = word.suffix(2).first == UInt8(ascii: "p")
            clock = word.dropLast(2)
        } else if let mark = word.firstIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 > 0x40 })
        {
            guard let offset = TimeZoneOffset.seconds(String(Substring(word[mark...]))) else { return false }
            fields.offset = offset
            clock = word[..<mark]
        }
        let parts = clock.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { Substring($0) }
        guard (2...3).contains(parts.count), let hour = Int(parts[0]), let minute = Int(parts[1]) else { return false }
        (fields.hour, fields.minute) = (hour, minute)
        guard parts.count == 3 else { return true }
        guard let second = Double(parts[2]), second >= 0 else { return false }
        fields.second = (second * 1000).rounded(.down) / 1000
        return true
    }
}

extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }
}
