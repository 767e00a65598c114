import Foundation

/// Months by name.
enum MonthNames {
    /// 1 to 12, from a name or its first three letters or more, in lower case; English first, then the languages that feeds
    /// are seen to write dates in. A beginning counts only where all languages that have such a month mean the same one:
    /// `srp` is July in Croatian and August in Czech.
    static func month(_ name: Substring.UTF8View) -> Int? {
        guard name.count >= 3 else { return nil }
        for (index, month) in english.enumerated() where month.utf8.starts(with: name) { return index + 1 }
        let folded = fold(String(Substring(name)))
        guard !folded.isEmpty else { return nil }
        if let whole = wholes[folded] { return whole }
        guard folded.count >= 3 else { return nil }
        var found: Int?
        for (month, other) in others where other.hasPrefix(folded) {
            if let found, found != month { return nil }
            found = month
        }
        return found
    }

    private static func fold(_ text: String) -> String { text.folding(options: .diacriticInsensitive, locale: nil) }

    private static let english = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// Whole names, less those that mean different months.
    private static let wholes: [String: Int] = {
        var wholes: [String: Int] = [:]
        var doubtful: Set<String> = []
        for (month, name) in others {
            if let known = wholes[name], known != month { doubtful.insert(name) }
            wholes[name] = month
        }
        for name in doubtful { wholes[name] = nil }
        return wholes
    }()

    private static let others: [(month: Int, name: String)] = languages.flatMap { names in
        names.split(separator: " ").enumerated().map { ($0.offset + 1, fold(String($0.element))) }
    }

    /// As dates have them, in the genitive where a language uses it.
    private static let languages = [
        "januar februar märz april mai juni juli august september oktober november dezember",
        "jänner februar maerz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "januari februari mars april maj juni juli augusti september oktober november december",
        "januar februar marts april maj juni juli august september oktober november december",
        "januar februar mars april mai juni juli august september oktober november desember",
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
        "ledna února března dubna května června července srpna září října listopadu prosince",
        "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna - studenoga prosinca",
        "január február március április május június július augusztus szeptember október november december",
        "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
        "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
        "januari februari maret april mei juni juli agustus september oktober november desember",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
        "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου",
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    ]
}
