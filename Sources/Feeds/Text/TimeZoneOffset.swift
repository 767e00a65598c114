import Core

/// The zone at the end of a date.
enum TimeZoneOffset {
    /// Seconds east of Greenwich: `Z`, `GMT`, `-0400`, `+05:30`, `+1`, `GMT+2`, `EST`; 0 for nothing; nil for no zone.
    static func seconds(_ text: String) -> Int? {
        let zone = text.trimmed
        if zone.isEmpty { return 0 }
        if zone.first?.isLetter ?? false {
            let name = zone.uppercased()
            if let named = names[name] { return named * 60 }
            let prefix = ["GMT", "UTC", "UT"].first { name.hasPrefix($0) }
            return prefix.flatMap { seconds(String(zone.dropFirst($0.count))) }
        }
        guard let sign = zone.first, sign == "+" || sign == "-" || sign == "−" else { return nil }
        let parts = zone.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { ("0"..."9").contains($0) } }) else { return nil }
        let digits = parts.joined()
        let value: Int
        switch (parts.count, digits.count) {
        case (1, 1), (1, 2): value = (Int(digits) ?? 0) * 3600
        case (1, 3), (1, 4), (2, 3), (2, 4):
            guard let number = Int(digits), number % 100 < 60 else { return nil }
            value = number / 100 * 3600 + number % 100 * 60
        default: return nil
        }
        return sign == "+" ? value : -value
    }

    /// Minutes. The North American ones are RFC 822's; the others are those that feeds use without being ambiguous.
    private static let names: [String: Int] = [
        "Z": 0, "UT": 0, "GMT": 0, "UTC": 0, "WET": 0, "BST": 60, "WEST": 60, "CET": 60, "MEZ": 60, "CEST": 120,
        "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180, "IST": 330, "JST": 540, "KST": 540, "HKT": 480, "SGT": 480,
        "AWST": 480, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "EST": -300, "EDT": -240, "CST": -360,
        "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600,
        "AST": -240, "ADT": -180, "ET": -300, "PT": -480, "CT": -360, "MT": -420,
    ]
}
