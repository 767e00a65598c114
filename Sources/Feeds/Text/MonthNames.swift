import Foundation

/// Months by name.
enum MonthNames {
    /// 1 to 12, from a name or its first three letters or more, in lower case; English first, then the languages that feeds
    /// are seen to write dates in.
    static func month(_ name: Substring.UTF8View) -> Int? {
        guard name.count >= 3 else { return nil }
        for (index, month) in english.enumerated() where month.utf8.starts(with: name) { return index + 1 }
        let folded = String(Substring(name)).folding(options: .diacriticInsensitive, locale: nil)
        guard folded.count >= 3 else { return nil }
        for names in others {
            for (index, month) in names.enumerated() where month.hasPrefix(folded) { return index + 1 }
        }
        return nil
    }

    private static let english = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// Without diacritics.
    private static let others = [
        "januar februar marz april mai juni juli august september oktober november dezember",
        "janner februar maerz april mai juni juli august september oktober november dezember",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "januari februari mars april maj juni juli augusti september oktober november december",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    ].map { $0.split(separator: " ").map { String($0).folding(options: .diacriticInsensitive, locale: nil) } }
}
