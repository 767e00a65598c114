/// Months by name.
enum MonthNames {
    /// 1 to 12, from a lower-case English name or its first three letters (or `sept`).
    static func month(_ name: String) -> Int? {
        guard name.utf8.count >= 3 else { return nil }
        guard let index = english.firstIndex(where: { $0.hasPrefix(name) }) else { return nil }
        return index + 1
    }

    private static let english = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
}
