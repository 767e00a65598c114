/// Months by name.
enum MonthNames {
    /// 1 to 12, from an English name or its first three letters (or `sept`), in lower case.
    static func month(_ name: Substring.UTF8View) -> Int? {
        guard name.count >= 3 else { return nil }
        for (index, month) in english.enumerated() where month.utf8.starts(with: name) { return index + 1 }
        return nil
    }

    private static let english = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
}
