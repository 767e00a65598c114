import Foundation

/// `2026-11-20T09:30:00.5+01:00` and what people make of it: `2026`, `2026-11`, `20261120`, `2026-8-1 09:30Z`.
struct ISODate {
    private var fields = DateFields()
    private var rest: Substring.UTF8View

    var date: Date? { fields.date }

    init?(_ text: String) {
        rest = text[...].utf8
        guard readDay() else { return nil }
        skipBlanks()
        if let next = rest.first, next | 0x20 == UInt8(ascii: "t") {
            rest = rest.dropFirst()
            skipBlanks()
        }
        if nextIsDigit {
            guard readTime() else { return nil }
            skipBlanks()
        }
        guard let offset = TimeZoneOffset.seconds(String(Substring(rest))) else { return nil }
        fields.offset = offset
    }

    private mutating func readDay() -> Bool {
        guard let year = number(4) else { return false }
        fields.year = year
        if take("-") || take("/") {
            guard let month = number(1...2) else { return false }
            fields.month = month
            if take("-") || take("/") {
                guard let day = number(1...2) else { return false }
                fields.day = day
            }
        } else if rest.prefix(4).count == 4, rest.prefix(4).allSatisfy({ (0x30...0x39).contains($0) }) {
            guard let month = number(2), let day = number(2) else { return false }
            (fields.month, fields.day) = (month, day)
        } else {
            return rest.isEmpty
        }
        return true
    }

    private mutating func readTime() -> Bool {
        guard let hour = number(1...2) else { return false }
        fields.hour = hour
        let hasColon = take(":")
        guard let minute = number(2) else { return !hasColon }
        fields.minute = minute
        guard hasColon ? take(":") : nextIsDigit else { return true }
        guard let second = number(2) else { return false }
        fields.second = Double(second)
        if take(".") || take(",") {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            guard !digits.isEmpty, let fraction = Double("0." + String(Substring(digits.prefix(9)))) else {
                return false
            }
            // Instants are kept to the millisecond.
            fields.second += (fraction * 1000).rounded(.down) / 1000
            rest = rest.dropFirst(digits.count)
        }
        return true
    }

    private var nextIsDigit: Bool { rest.first.map { (0x30...0x39).contains($0) } ?? false }

    private mutating func number(_ length: Int) -> Int? { number(length...length) }

    private mutating func number(_ lengths: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix(lengths.upperBound).prefix { (0x30...0x39).contains($0) }
        guard lengths.contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: byte) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func skipBlanks() { rest = rest.drop { $0.isXMLBlank } }
}
