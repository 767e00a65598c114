import Core
import Digests

/// The field `timezone` of a form, with what it suggests.
struct TimeZoneChoice: Sendable {
    /// IANA's name, such as `Europe/Berlin`, or what was typed instead.
    var typed: String
    /// What is wrong with what was typed.
    var unknown: UnknownTimeZone?
    /// What is named where nothing like the typed text is known.
    var example = UnknownTimeZone.example

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("timeZone", DisplayText.line(typed))
        let proposals = unknown?.proposals ?? []
        let names = proposals + CommonTimeZones.all.filter { !proposals.contains($0) }
        context.set(
            "timeZones",
            names.map { name in
                var choice = TemplateContext(["value": name, "label": name])
                choice.set("isChosen", name == typed)
                return choice
            })
        if let unknown {
            let names = proposals.isEmpty ? [example] : proposals
            context.set(
                "timeZoneProblem",
                DisplayText.line(
                    texts(.problemTimeZone, ["typed": unknown.typed, "proposals": texts.list(names)])))
        }
        return context
    }
}

/// What the field suggests at once; every IANA name may be typed.
enum CommonTimeZones {
    static let all = [
        "UTC", "Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi",
        "America/Argentina/Buenos_Aires",
        "America/Bogota", "America/Chicago", "America/Denver", "America/Halifax", "America/Los_Angeles",
        "America/Mexico_City", "America/New_York", "America/Phoenix", "America/Santiago", "America/Sao_Paulo",
        "America/St_Johns", "America/Toronto", "America/Vancouver", "Asia/Bangkok", "Asia/Dhaka", "Asia/Dubai",
        "Asia/Hong_Kong", "Asia/Jakarta", "Asia/Jerusalem", "Asia/Karachi", "Asia/Kathmandu", "Asia/Kolkata",
        "Asia/Manila", "Asia/Riyadh", "Asia/Seoul", "Asia/Shanghai", "Asia/Singapore", "Asia/Taipei", "Asia/Tehran",
        "Asia/Tokyo", "Australia/Adelaide", "Australia/Brisbane", "Australia/Melbourne", "Australia/Perth",
        "Australia/Sydney", "Europe/Amsterdam", "Europe/Athens", "Europe/Berlin", "Europe/Brussels", "Europe/Dublin",
        "Europe/Helsinki", "Europe/Istanbul", "Europe/Kyiv", "Europe/Lisbon", "Europe/London", "Europe/Madrid",
        "Europe/Moscow", "Europe/Oslo", "Europe/Paris", "Europe/Prague", "Europe/Rome", "Europe/Stockholm",
        "Europe/Vienna", "Europe/Warsaw", "Europe/Zurich", "Pacific/Auckland", "Pacific/Honolulu",
    ]
}
