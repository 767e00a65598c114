import Core
import Foundation
import Papers

/// Dates as feeds write them: RFC 822 and its descendants, RFC 3339, and the fragments of ISO 8601 that W3CDTF allows.
public enum FeedDate {
    /// The instant, or nil where no date can be made out. A date without a time is its midnight in UTC, and so is a time
    /// without a zone.
    public static func parse(_ text: String) -> Date? {
        let text = MailDateParser.withoutComment(text.trimmed)
        guard !text.isEmpty, text.utf8.count <= 128 else { return nil }
        return ISODate(text)?.date ?? MailDateParser(text)?.date ?? ISODate(westernised(text) ?? "")?.date
    }

    /// `2024年9月30日 12:30` → `2024-9-30 12:30`, and the same in Korean.
    private static func westernised(_ text: String) -> String? {
        guard text.contains(where: { "年년".contains($0) }) else { return nil }
        var result = ""
        for character in text {
            switch character {
            case "年", "년", "月", "월": result += "-"
            case "日", "일": result += " "
            case " " where result.last == "-": break
            default: result.append(character)
            }
        }
        return result
    }

    /// The instants of the years 1 to 9999: what lies outside was never a date of anything, and few formats can write it.
    private static let instants =
        Date(timeIntervalSince1970: -62_135_596_800)..<Date(timeIntervalSince1970: 253_402_300_800)

    /// The instant, or nil outside the years 1 to 9999.
    static func plausible(_ date: Date) -> Date? { instants.contains(date) ? date : nil }

    static func parse(_ bytes: [UInt8]?) -> Date? { FieldText.token(bytes).flatMap(parse) }
}

/// Year, month, … of an instant in some zone.
struct DateFields {
    var year = 0
    var month = 1
    var day = 1
    var hour = 0
    var minute = 0
    var second = 0.0
    /// Seconds east of Greenwich.
    var offset = 0

    /// Nil for the 31st of February and the 25th hour.
    var date: Date? {
        guard year > 0, let day = CivilDate(year: year, month: month, day: day), (0...24).contains(hour),
            (0...59).contains(minute), (0..<61).contains(second), hour < 24 || (minute == 0 && second == 0),
            abs(offset) <= 26 * 3600
        else { return nil }
        let seconds = day.daysSince1970 * 86_400 + hour * 3600 + minute * 60 - offset
        return FeedDate.plausible(Date(timeIntervalSince1970: Double(seconds) + second))
    }
}
