import Foundation
import Testing

@testable import Core

@Suite("What a person means by a zone", .enabled(if: TimeZoneDatabase.system.source != .program, "there is no tzdata"))
struct ZoneSearchTests {
    @Test(
        "is understood in any case, with accents and blanks, and by its city",
        arguments: [
            ("Europe/Paris", "Europe/Paris"), ("europe/paris", "Europe/Paris"), (" EUROPE/PARIS\n", "Europe/Paris"),
            ("Zurich", "Europe/Zurich"), ("zürich", "Europe/Zurich"), ("Zu\u{308}rich", "Europe/Zurich"),
            ("Europe/Zürich", "Europe/Zurich"), ("New York", "America/New_York"), ("new_york", "America/New_York"),
            ("America/New York", "America/New_York"), ("new-york", "America/New_York"),
            ("São Paulo", "America/Sao_Paulo"), ("St. John's", "America/St_Johns"),
            ("Port-au-Prince", "America/Port-au-Prince"), ("buenos aires", "America/Argentina/Buenos_Aires"),
            ("argentina/ushuaia", "America/Argentina/Ushuaia"), ("Amsterdam", "Europe/Amsterdam"),
            ("Oslo", "Europe/Oslo"), ("Calcutta", "Asia/Kolkata"), ("Kiev", "Europe/Kyiv"),
            ("Istanbul", "Europe/Istanbul"), ("Asia/Calcutta", "Asia/Calcutta"), ("US/Pacific", "US/Pacific"),
            ("us/pacific", "US/Pacific"), ("Japan", "Asia/Tokyo"), ("Singapore", "Asia/Singapore"),
            ("Hawaii", "Pacific/Honolulu"), ("Etc/GMT-5", "Etc/GMT-5"), ("etc/gmt+5", "Etc/GMT+5"),
            ("Paris, France", "Europe/Paris"), ("Etc/UTC", "Etc/UTC"), ("utc", "UTC"), ("GMT", "UTC"),
            ("Rome", "Europe/Rome"),
            ("Lima", "America/Lima"),
        ])
    func understood(typed: String, name: String) throws {
        let zone = try CivilZone(named: typed)
        #expect(zone.identifier == name && zone.isKnown)
    }

    @Test(
        "is proposed where it may be meant",
        arguments: [
            ("BST", "Europe/London"), ("bst", "Europe/London"), ("IST", "Asia/Kolkata"), ("IST", "Europe/Dublin"),
            ("IST", "Asia/Jerusalem"), ("AST", "America/Halifax"), ("ART", "America/Argentina/Buenos_Aires"),
            ("EST", "America/New_York"), ("EDT", "America/New_York"), ("CST", "America/Chicago"),
            ("CST", "Asia/Shanghai"),
            ("MST", "America/Denver"), ("HST", "Pacific/Honolulu"), ("PST", "America/Los_Angeles"),
            ("CET", "Europe/Berlin"),
            ("MEZ", "Europe/Berlin"), ("EET", "Europe/Athens"), ("MET", "Europe/Berlin"), ("WET", "Europe/Lisbon"),
            ("JST", "Asia/Tokyo"), ("WITA", "Asia/Makassar"), ("CHST", "Pacific/Guam"), ("Eastern", "America/New_York"),
            ("Eastern", "America/Toronto"), ("America/Zurich", "Europe/Zurich"), ("Switzerland", "Europe/Zurich"),
            ("Zuerich", "Europe/Zurich"), ("Europe/Pariss", "Europe/Paris"), ("Kopenhagen", "Europe/Copenhagen"),
        ])
    func proposed(typed: String, name: String) throws {
        let error = try #require(#expect(throws: UnknownTimeZone.self) { try CivilZone(named: typed) })
        #expect(error.proposals.contains(name) && error.proposals.count <= 3, "\(error)")
        #expect(error.description.hasPrefix("Unknown time zone “\(typed)”. Try "))
        for proposal in error.proposals { #expect(try CivilZone(named: proposal).identifier == proposal) }
    }

    @Test("is told in one sentence with what to try")
    func words() throws {
        for (typed, sentence) in [
            ("BST", "Unknown time zone “BST”. Try Europe/London."),
            ("IST", "Unknown time zone “IST”. Try Asia/Kolkata, Europe/Dublin or Asia/Jerusalem."),
            ("Qqqqqqqqqqqqqqqqqqqqq", "Unknown time zone “Qqqqqqqqqqqqqqqqqqqqq”. Try Europe/Berlin."),
            ("", "Unknown time zone “”. Try Europe/Berlin."),
            ("A\u{202E}\u{0}B/C", "Unknown time zone “AB/C”. Try Europe/Berlin."),
        ] {
            let error = #expect(throws: UnknownTimeZone.self) { try CivilZone(named: typed) }
            #expect(error?.description == sentence)
        }
    }

    @Test(
        "is none for places that are none, offsets, and texts of any length",
        arguments: [
            "UTC+2", "GMT+2", "+02:00", "posix/Europe/Paris", "localtime", "Factory", "posixrules", "🕰️", "Europe/", "/",
            "zone.tab", String(repeating: "é", count: 5000), "EST5", "Mars/Olympus",
        ])
    func none(typed: String) {
        let error = #expect(throws: UnknownTimeZone.self) { try CivilZone(named: typed) }
        #expect((error?.typed.count ?? 99) <= 64)
    }

    @Test(
        "of a country is the one whose clock all of it has",
        arguments: [
            ("CH", "Europe/Zurich"), ("ch", "Europe/Zurich"), ("DE", "Europe/Berlin"), ("GB", "Europe/London"),
            ("JP", "Asia/Tokyo"), ("IN", "Asia/Kolkata"), ("AR", "America/Argentina/Buenos_Aires"), ("US", nil),
            ("CN", nil),
            ("ES", nil), ("AU", nil), ("XX", nil), ("", nil), ("../", nil),
        ] as [(String, String?)])
    func country(code: String, name: String?) throws {
        let zone = TimeZoneDatabase.system.zone(ofCountry: code, at: try Date("2026-11-23T08:00:00Z"))
        #expect(zone?.identifier == name)
    }
}
