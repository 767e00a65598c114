import Core

/// A day as a filter writes it, counted from 1970-01-01, without a time zone.
struct CivilDay: Hashable, Sendable, CustomStringConvertible {
    let number: Int

    init(number: Int) { self.number = number }

    /// Reads `2026-11-01`; nil for a date that does not exist.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4,
            parts.dropFirst().allSatisfy({ (1...2).contains($0.utf8.count) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), year > 0,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        number = date.daysSince1970
    }

    var description: String { CivilDate(daysSince1970: number).description }
}
