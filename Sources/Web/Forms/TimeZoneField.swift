import Core
import Store
import Workers

/// A time zone as a form brought it.
struct TimeZoneField {
    /// What was meant; the zone of before where that is not known.
    let zone: CivilZone
    let unknown: UnknownTimeZone?

    /// - Parameter now: the zone that the form showed. One that is left as it was is kept, whatever it is called.
    init(_ typed: String, now: CivilZone) {
        do {
            zone = now.isKnown && typed == now.identifier ? now : try CivilZone(named: typed)
            unknown = nil
        } catch {
            zone = now
            unknown = error
        }
    }
}

extension Installation {
    /// A form's field that shows a zone.
    func timeZoneChoice(_ zone: CivilZone) -> TimeZoneChoice {
        // Where a stored name means nothing today, what is shown is the zone by which its mails go.
        var choice = TimeZoneChoice(typed: zone.ruling.identifier)
        let own = settings.digestTimeZone
        if own != .utc { choice.example = own.identifier }
        return choice
    }

    /// The zone of whoever sends a request, as far as it is known without a script: that of the country of their language,
    /// where all of it has one clock.
    func zone(ofRegion code: String?) -> CivilZone? {
        code.flatMap { TimeZoneDatabase.system.zone(ofCountry: $0, at: clock.now) }
    }
}
