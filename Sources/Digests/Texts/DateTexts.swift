import Core
import Foundation
import Mail

/// Days and numbers as a language writes them; the forms are those of Unicode CLDR, but for the first of a month in French,
/// which it has as "1" and everybody writes as "1er".
///
/// A class, since a mail asks for texts dozens of times, and copies of styles cost more than what they write.
final class DateTexts: Sendable {
    private let longStyle, plainStyle, shortStyle, monthStyle, weekdayStyle: Date.FormatStyle
    /// Days are slow to write, and a mail names a few that thousands of others name.
    private let longDays = BoundedCache<CivilDate, String>(most: mostDays)
    private let plainDays = BoundedCache<CivilDate, String>(most: mostDays)
    private static let mostDays = 2000
    private let numberStyle: IntegerFormatStyle<Int>
    private let first: String?

    init(_ language: Language) {
        // Of all English the one that writes the day before the month.
        let locale = Locale(identifier: language == .english ? "en_GB" : language.tag)
        let style = Date.FormatStyle(locale: locale, calendar: Calendar(identifier: .gregorian), timeZone: .gmt)
        longStyle = style.weekday(.wide).day().month(.wide).year()
        shortStyle = style.day().month(.abbreviated).year()
        plainStyle = style.day().month(.wide).year()
        monthStyle = style.month(.wide).year()
        weekdayStyle = style.weekday(.wide)
        numberStyle = IntegerFormatStyle<Int>(locale: locale)
        first = language == .french ? "1er" : nil
    }

    private func day(_ day: CivilDate, _ style: Date.FormatStyle) -> String {
        let text = CivilZone.utc.start(of: day).formatted(style)
        guard let first, day.day == 1, let place = text.firstRange(of: "1 ") else { return text }
        return text.replacingCharacters(in: place, with: first + " ")
    }

    func number(_ number: Int) -> String {
        // Below a thousand nothing groups digits.
        (0..<1000).contains(number) ? String(number) : number.formatted(numberStyle)
    }
    func long(_ day: CivilDate) -> String { longDays.value(for: day) { self.day(day, longStyle) } }
    func short(_ day: CivilDate) -> String {
        self.day(day, shortStyle).replacing("Sept ", with: "Sep ").replacing(" ", with: "\u{A0}")
    }
    func plain(_ day: CivilDate) -> String { plainDays.value(for: day) { self.day(day, plainStyle) } }
    func weekday(_ day: CivilDate) -> String { CivilZone.utc.start(of: day).formatted(weekdayStyle) }
    func month(_ day: CivilDate) -> String { CivilZone.utc.start(of: day).formatted(monthStyle) }
}
