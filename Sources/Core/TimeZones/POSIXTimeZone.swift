/// A rule for a zone's clock for ever, as the `TZ` variable of POSIX writes it and as it stands at the end of a TZif file:
/// `CET-1CEST,M3.5.0,M10.5.0/3`, `<+03>-3`, `IST-1GMT0,M10.5.0,M3.5.0/1` (RFC 9636 section 3.3.1).
struct POSIXTimeZone: Sendable, Equatable {
    /// A day of any year.
    enum Day: Sendable, Equatable {
        /// 1 to 365, without 29 February, which it therefore never means.
        case julian(Int)
        /// 0 to 365, with 29 February.
        case zeroBased(Int)
        /// The weekday (0 is Sunday) of a week (1 to 4, or 5 for the last) of a month.
        case weekday(Int, week: Int, month: Int)
    }

    /// When the clock changes.
    struct Change: Sendable, Equatable {
        let day: Day
        /// Seconds after the day's local midnight, from -167 to 167 hours.
        let time: Int
    }

    /// The time of the other half of the year; in Europe/Dublin it lies behind the standard time.
    struct Saving: Sendable, Equatable {
        let designation: String
        /// Seconds east of Greenwich.
        let offset: Int
        let start: Change
        let end: Change
    }

    let designation: String
    /// Seconds east of Greenwich.
    let standard: Int
    let saving: Saving?

    /// Nil for a text that is no such rule.
    init?(_ text: some StringProtocol) {
        var reader = POSIXTimeZoneReader(text)
        guard let designation = reader.designation(), let west = reader.clock(most: 24) else { return nil }
        self.designation = designation
        standard = -west
        if reader.isAtEnd {
            saving = nil
            return
        }
        guard let second = reader.designation() else { return nil }
        var offset = standard + 3600
        if !reader.isAt(",") {
            guard let west = reader.clock(most: 24) else { return nil }
            offset = -west
        }
        guard let start = reader.change(), let end = reader.change(), reader.isAtEnd else { return nil }
        saving = Saving(designation: second, offset: offset, start: start, end: end)
    }

    /// Seconds east of Greenwich at a moment.
    func offset(at instant: Int64) -> Int {
        guard saving != nil else { return standard }
        var latest = Int64.min
        var found = standard
        // Where both come at one moment, as in a zone that saves daylight for ever, the start of saving comes second.
        eachChange(around: instant) { moment, offset, isStart in
            if moment <= instant, moment > latest || (moment == latest && isStart) {
                (latest, found) = (moment, offset)
            }
        }
        return found
    }

    /// The first change after a moment.
    func nextChange(after instant: Int64) -> Int64? {
        guard saving != nil else { return nil }
        var next: Int64?
        eachChange(around: instant) { moment, _, _ in
            if moment > instant { next = min(next ?? moment, moment) }
        }
        return next
    }

    /// The changes of the year of a moment and of those beside it: with hours from -167 to 167 a change may fall into
    /// another year than its day.
    private func eachChange(around instant: Int64, _ visit: (_ at: Int64, _ offset: Int, _ isStart: Bool) -> Void) {
        guard let saving else { return }
        let year = CivilDate(daysSince1970: Int((instant + Int64(standard)).flooredDays)).year
        for year in (year - 1)...(year + 1) {
            visit(Self.local(saving.start, in: year) - Int64(standard), saving.offset, true)
            visit(Self.local(saving.end, in: year) - Int64(saving.offset), standard, false)
        }
    }

    /// Seconds from 1970-01-01 00:00 on the wall until a change.
    private static func local(_ change: Change, in year: Int) -> Int64 {
        let first = CivilDate.number(year, 1, 1)
        let day =
            switch change.day {
            case .zeroBased(let number): first + number
            case .julian(let number):
                first + number - 1 + (number > 59 && CivilDate(year: year, month: 2, day: 29) != nil ? 1 : 0)
            case .weekday(let weekday, let week, let month): dayOf(weekday, week: week, month: month, year: year)
            }
        return Int64(day) * 86_400 + Int64(change.time)
    }

    private static func dayOf(_ weekday: Int, week: Int, month: Int, year: Int) -> Int {
        let first = CivilDate.number(year, month, 1)
        let next = month == 12 ? CivilDate.number(year + 1, 1, 1) : CivilDate.number(year, month + 1, 1)
        // 1970-01-01 was a Thursday, 4 where Sunday is 0.
        let firstWeekday = ((first + 4) % 7 + 7) % 7
        let day = first + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
        return day < next ? day : day - 7
    }
}

/// Reads the parts of a ``POSIXTimeZone`` from left to right.
private struct POSIXTimeZoneReader {
    private var rest: ArraySlice<UInt8>

    init(_ text: some StringProtocol) {
        // Those in use have at most 50 bytes.
        let bytes = Array(text.utf8.prefix(256))
        rest = bytes[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    func isAt(_ character: Unicode.Scalar) -> Bool { rest.first == UInt8(ascii: character) }

    /// `CET`, or anything with digits and signs between angle brackets.
    mutating func designation() -> String? {
        if take("<") {
            let name = rest.prefix { $0 != UInt8(ascii: ">") }
            rest = rest.dropFirst(name.count)
            guard take(">"), name.count >= 3, name.allSatisfy({ Self.isLetter($0) || Self.isNumeral($0) }) else {
                return nil
            }
            return String(decoding: name, as: UTF8.self)
        }
        let name = rest.prefix(while: Self.isLetter)
        rest = rest.dropFirst(name.count)
        return name.count >= 3 ? String(decoding: name, as: UTF8.self) : nil
    }

    /// `-1`, `5:30`, `167:59:59` as seconds.
    mutating func clock(most: Int) -> Int? {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        guard let hours = number(most: most) else { return nil }
        var seconds = hours * 3600
        if take(":") {
            guard let minutes = number(most: 59) else { return nil }
            seconds += minutes * 60
            if take(":") {
                guard let rest = number(most: 59) else { return nil }
                seconds += rest
            }
        }
        return isNegative ? -seconds : seconds
    }

    /// `,M3.5.0/2`, `,J60`, `,59/-1`; at two o'clock where no time is given.
    mutating func change() -> POSIXTimeZone.Change? {
        guard take(","), let day = day() else { return nil }
        guard take("/") else { return POSIXTimeZone.Change(day: day, time: 7200) }
        return clock(most: 167).map { POSIXTimeZone.Change(day: day, time: $0) }
    }

    private mutating func day() -> POSIXTimeZone.Day? {
        if take("J") { return number(most: 365).flatMap { $0 >= 1 ? .julian($0) : nil } }
        guard take("M") else { return number(most: 365).map { .zeroBased($0) } }
        guard let month = number(most: 12), month >= 1, take("."), let week = number(most: 5), week >= 1, take("."),
            let weekday = number(most: 6)
        else { return nil }
        return .weekday(weekday, week: week, month: month)
    }

    private mutating func number(most: Int) -> Int? {
        let digits = rest.prefix { 48...57 ~= $0 }
        guard (1...3).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
        return number <= most ? number : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard isAt(character) else { return false }
        rest.removeFirst()
        return true
    }

    private static func isLetter(_ byte: UInt8) -> Bool { 65...90 ~= byte || 97...122 ~= byte }
    private static func isNumeral(_ byte: UInt8) -> Bool {
        48...57 ~= byte || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
    }
}

extension Int64 {
    /// Of seconds, the whole days before them.
    var flooredDays: Int64 { (self >= 0 ? self : self - 86_399) / 86_400 }
}
