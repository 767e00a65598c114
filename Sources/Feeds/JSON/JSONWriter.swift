import Core
import Foundation
import Papers

/// Writes one line of JSON (RFC 8259), members in the order they are given, absent values left out.
struct JSONWriter {
    private(set) var text = "{"
    private var needsComma = false

    /// The whole line: one object under one key.
    mutating func object(_ key: String, _ body: (inout JSONWriter) -> Void) {
        self.key(key)
        text += "{"
        needsComma = false
        body(&self)
        text += "}}"
    }

    mutating func member(_ key: String, _ value: String?) {
        guard let value else { return }
        self.key(key)
        quote(value)
    }

    mutating func member(_ key: String, _ value: Int?) {
        guard let value else { return }
        self.key(key)
        text += String(value)
    }

    mutating func member(_ key: String, _ value: Date?) { member(key, value.map(Timestamp.rfc3339)) }

    mutating func member(_ key: String, _ values: [String]) {
        self.key(key)
        text += "["
        for (index, value) in values.enumerated() {
            if index > 0 { text += ", " }
            quote(value)
        }
        text += "]"
    }

    /// An array of numbers, left out where there are none.
    mutating func member(_ key: String, _ values: [Int]) {
        guard !values.isEmpty else { return }
        self.key(key)
        text += "[\(values.map(String.init).joined(separator: ", "))]"
    }

    private mutating func key(_ key: String) {
        if needsComma { text += ", " }
        needsComma = true
        quote(key)
        text += ": "
    }

    private mutating func quote(_ value: String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\r": text += "\\r"
            default:
                if scalar.value < 0x20 {
                    let digits = String(scalar.value, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }
}

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
        let time = "\(padded(clock / 3600, 2)):\(padded(clock / 60 % 60, 2)):\(padded(clock % 60, 2))"
        return "\(date)T\(time)\(fraction == 0 ? "" : "." + padded(fraction, 3))Z"
    }

    private static func padded(_ number: Int, _ width: Int) -> String { CivilDate.padded(number, width) }
}
