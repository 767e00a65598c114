/// What abbreviations of time zones usually mean. Many mean several, and databases know most of them by other names, so they
/// are proposed and never taken.
enum ZoneAbbreviations {
    /// Names of zones, the likeliest first; nil for what is no such abbreviation.
    static func meanings(of text: String) -> [String]? {
        guard text.utf8.count <= 5 else { return nil }
        return table[text.uppercased()]
    }

    private static let table: [String: [String]] = {
        let lines: [(abbreviations: String, zones: String)] = [
            ("BST", "Europe/London"),
            ("IST", "Asia/Kolkata Europe/Dublin Asia/Jerusalem"),
            ("IDT", "Asia/Jerusalem"),
            ("WET WEST WESZ", "Europe/Lisbon"),
            ("CET CEST MET MEST MEZ MESZ", "Europe/Berlin Europe/Paris Europe/Madrid"),
            ("EET EEST OEZ OESZ", "Europe/Athens Europe/Helsinki Europe/Kyiv"),
            ("MSK", "Europe/Moscow"),
            ("TRT", "Europe/Istanbul"),
            ("AST ADT", "America/Halifax America/Puerto_Rico Asia/Riyadh"),
            ("NST NDT", "America/St_Johns"),
            ("ET EST EDT", "America/New_York America/Toronto"),
            ("CT CST CDT", "America/Chicago America/Mexico_City Asia/Shanghai"),
            ("MT MST MDT", "America/Denver America/Phoenix"),
            ("PT PST PDT", "America/Los_Angeles America/Vancouver"),
            ("AKST AKDT", "America/Anchorage"),
            ("HST HDT", "Pacific/Honolulu"),
            ("ART", "America/Argentina/Buenos_Aires"),
            ("BRT BRST", "America/Sao_Paulo"),
            ("CLT CLST", "America/Santiago"),
            ("COT", "America/Bogota"),
            ("PET", "America/Lima"),
            ("VET", "America/Caracas"),
            ("BOT", "America/La_Paz"),
            ("ECT", "America/Guayaquil"),
            ("UYT", "America/Montevideo"),
            ("PYT PYST", "America/Asuncion"),
            ("CAT", "Africa/Maputo Africa/Harare"),
            ("EAT", "Africa/Nairobi"),
            ("WAT", "Africa/Lagos"),
            ("SAST", "Africa/Johannesburg"),
            ("GST", "Asia/Dubai"),
            ("IRST IRDT", "Asia/Tehran"),
            ("PKT", "Asia/Karachi"),
            ("NPT", "Asia/Kathmandu"),
            ("BDT", "Asia/Dhaka"),
            ("MMT", "Asia/Yangon"),
            ("ICT", "Asia/Bangkok Asia/Ho_Chi_Minh"),
            ("WIB", "Asia/Jakarta"),
            ("SGT", "Asia/Singapore"),
            ("MYT", "Asia/Kuala_Lumpur"),
            ("PHT PHST", "Asia/Manila"),
            ("HKT", "Asia/Hong_Kong"),
            ("JST", "Asia/Tokyo"),
            ("KST", "Asia/Seoul"),
            ("AWST", "Australia/Perth"),
            ("ACST ACDT", "Australia/Adelaide Australia/Darwin"),
            ("AEST AEDT", "Australia/Sydney Australia/Brisbane"),
            ("SST", "Pacific/Pago_Pago Asia/Singapore"),
            ("NZT NZST NZDT", "Pacific/Auckland"),
        ]
        var table: [String: [String]] = [:]
        for (abbreviations, zones) in lines {
            for abbreviation in abbreviations.split(separator: " ") {
                table[String(abbreviation)] = zones.split(separator: " ").map(String.init)
            }
        }
        return table
    }()
}
