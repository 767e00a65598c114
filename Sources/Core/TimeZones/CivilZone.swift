import Foundation

/// A time zone by the rules of the system's time-zone database, which says what its clocks show.
///
/// It goes by its name: where the database is replaced, as by an upgrade of `tzdata`, it has the new rules within minutes.
/// Two are equal that have one name.
public struct CivilZone: Sendable, Hashable, CustomStringConvertible {
    /// IANA's name, such as `Europe/Zurich`, as it was given or stored.
    public let identifier: String
    private let entry: ZoneEntry
    private let database: TimeZoneDatabase

    /// Greenwich's time without summer time; needs no database.
    public static let utc = TimeZoneDatabase.system.zone(stored: "UTC")

    /// The zone of a name that was stored before. One that is unknown today goes by
    /// ``TimeZoneDatabase/fallback``, so that nothing is lost; see ``isKnown``.
    public init(stored name: String) { self = TimeZoneDatabase.system.zone(stored: name) }

    /// The zone that a person means; see ``TimeZoneDatabase/zone(named:)``.
    public init(named text: String) throws(UnknownTimeZone) { self = try TimeZoneDatabase.system.zone(named: text) }

    init(_ identifier: String, _ entry: ZoneEntry, _ database: TimeZoneDatabase) {
        self.identifier = identifier
        self.entry = entry
        self.database = database
    }

    public static func == (left: CivilZone, right: CivilZone) -> Bool { left.identifier == right.identifier }
    public func hash(into hasher: inout Hasher) { hasher.combine(identifier) }

    /// Whether there are rules for its name.
    public var isKnown: Bool { entry.rules != nil }

    /// The zone by whose rules it goes: itself, or the fallback where its name is unknown. Beside a time on a page or in a
    /// mail stands the name of this one.
    public var ruling: CivilZone { isKnown ? self : database.fallback }

    public var description: String { identifier }

    /// The rules as they are now; whoever asks several times in a row asks one and the same.
    var rules: ZoneRules {
        database.refreshIfDue()
        if let rules = entry.rules { return rules }
        return database.fallback.entry.rules ?? .fixed(0)
    }

    /// A text that differs where the rules do.
    public var fingerprint: String { isKnown ? entry.fingerprint : "unknown, \(database.fallback.fingerprint)" }

    /// Seconds east of Greenwich at a moment.
    public func offset(at moment: Date) -> Int { rules.offset(at: moment.wholeSeconds) }

    /// The day that a moment falls on.
    public func day(of moment: Date) -> CivilDate { clock(at: moment).day }

    /// What a calendar and a clock in the zone show at a moment: the day, and the seconds since its midnight.
    public func clock(at moment: Date) -> (day: CivilDate, second: Int) {
        let instant = moment.wholeSeconds
        let local = instant + Int64(rules.offset(at: instant))
        let day = local.flooredDays
        return (CivilDate(daysSince1970: Int(day)), Int(local - day * 86_400))
    }

    /// What a clock in the zone shows at a moment: `07:00`.
    public func time(of moment: Date) -> String { Self.time(minute: clock(at: moment).second / 60) }

    /// A time of day: `07:00`.
    ///
    /// - Parameter minute: 0 to 1439, after midnight.
    public static func time(minute: Int) -> String {
        "\(CivilDate.padded(minute / 60, 2)):\(CivilDate.padded(minute % 60, 2))"
    }

    /// The moment at which a clock in the zone shows a time of a day.
    ///
    /// Of a time that comes twice, since the clock is put back, the first counts. A time that is skipped, since the clock is
    /// put forward, lies as far behind the change as it would without one: 02:30 is shown as 03:30.
    ///
    /// - Parameter second: 0 to 86,399, after midnight.
    public func moment(_ day: CivilDate, second: Int) -> Date {
        Date(timeIntervalSince1970: Double(rules.moment(ofLocal: Self.local(day, second)).instant))
    }

    /// The first moment of a day: midnight, or the end of a change that skips midnight.
    public func start(of day: CivilDate) -> Date {
        let moment = rules.moment(ofLocal: Self.local(day, 0))
        return Date(timeIntervalSince1970: Double(moment.gap ?? moment.instant))
    }

    /// The moment at which something is due that comes once on every day, at a time.
    ///
    /// It is that of ``moment(_:second:)``, which stays within the day also where a change skips the rest of it: then it is the
    /// last minute before. Nil for a day that the zone leaves out, as Samoa did with 30 December 2011.
    public func occasion(on day: CivilDate, minute: Int) -> Date? {
        let rules = rules
        let moment = rules.moment(ofLocal: Self.local(day, minute * 60))
        guard let gap = moment.gap else { return Date(timeIntervalSince1970: Double(moment.instant)) }
        return [moment.instant, gap - 60].first {
            ($0 + Int64(rules.offset(at: $0))).flooredDays == day.daysSince1970
        }.map { Date(timeIntervalSince1970: Double($0)) }
    }

    private static func local(_ day: CivilDate, _ second: Int) -> Int64 {
        Int64(day.daysSince1970) * 86_400 + Int64(second)
    }

    /// The changes of the clock in a span, in seconds since 1970, and the offset after each; that at its beginning first.
    func changes(from begin: Int64, until end: Int64) -> [ClockChange] {
        let rules = rules
        var changes = [ClockChange(at: begin, offset: rules.offset(at: begin))]
        var moment = begin
        while let next = rules.nextChange(after: moment, until: end) {
            let offset = rules.offset(at: next)
            if offset != changes.last?.offset { changes.append(ClockChange(at: next, offset: offset)) }
            moment = next
        }
        return changes
    }

    struct ClockChange: Equatable {
        let at: Int64
        let offset: Int
    }
}

extension Date {
    /// Since 1970, rounded down; moments beyond the year 30,000,000 are those of its end.
    var wholeSeconds: Int64 { Int64(min(max(timeIntervalSince1970.rounded(.down), -1e15), 1e15)) }
}
