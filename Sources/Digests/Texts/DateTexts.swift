import Core
import Foundation
import Mail

/// Days and numbers as a language writes them; the forms are those of Unicode CLDR.
struct DateTexts: Sendable {
    private let longStyle, shortStyle, plainStyle, monthStyle, weekdayStyle: Date.FormatStyle
    private let numberStyle: IntegerFormatStyle<Int>

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
    }

    func number(_ number: Int) -> String { number.formatted(numberStyle) }
    func long(_ day: CivilDate) -> String { CivilZone.utc.start(of: day).formatted(longStyle) }
    func short(_ day: CivilDate) -> String {
        CivilZone.utc.start(of: day).formatted(shortStyle).replacing("Sept ", with: "Sep ").replacing(
            " ", with: "\u{A0}")
    }
    func plain(_ day: CivilDate) -> String { CivilZone.utc.start(of: day).formatted(plainStyle) }
    func weekday(_ day: CivilDate) -> String { CivilZone.utc.start(of: day).formatted(weekdayStyle) }
    func month(_ day: CivilDate) -> String { CivilZone.utc.start(of: day).formatted(monthStyle) }
}
