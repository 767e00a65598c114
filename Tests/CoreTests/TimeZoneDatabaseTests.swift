import Foundation
import Testing

@testable import Core

@Suite("The time-zone database on disk")
struct TimeZoneDatabaseTests {
    static let moment = Date(timeIntervalSince1970: 1_795_000_000)

    @Test("takes the first folder that holds one, and the program's rules where none does")
    func folders() throws {
        let folder = try SampleFolder()
        let empty = try SampleFolder()
        try FileManager.default.removeItem(atPath: "\(empty.path)/UTC")
        #expect(
            TimeZoneDatabase(folders: ["", "relative", "/nowhere", empty.path, folder.path + "/"]).source
                == .folder(folder.path))
        let none = TimeZoneDatabase(folders: [empty.path])
        #expect(none.source == .program)
        #expect(none.zone(stored: "Europe/Zurich").offset(at: Self.moment) == 3600)
        #expect(try none.zone(named: "zürich").identifier == "Europe/Zurich")
        #expect(none.zone(stored: "UTC").isKnown && !none.zone(stored: "Nowhere/Land").isKnown)
        #expect(none.takeWarning()?.contains("install tzdata") == true && none.takeWarning() == nil)
    }

    @Test("the program's rules find gaps and folds like those of files")
    func programRules() throws {
        let zone = TimeZoneDatabase(folders: []).zone(stored: "Europe/Zurich")
        let spring = try #require(CivilDate(year: 2026, month: 3, day: 29))
        let autumn = try #require(CivilDate(year: 2026, month: 10, day: 25))
        #expect(zone.moment(spring, second: 9000) == (try Date("2026-03-29T01:30:00Z")))
        #expect(zone.moment(autumn, second: 9000) == (try Date("2026-10-25T00:30:00Z")))
        #expect(zone.start(of: spring) == (try Date("2026-03-28T23:00:00Z")))
    }

    @Test("names the folder that was asked for where it cannot be used, once")
    func named() throws {
        let folder = try SampleFolder()
        let database = TimeZoneDatabase(folders: ["/nowhere", folder.path], isFirstNamed: true)
        let warning = try #require(database.takeWarning())
        #expect(warning.contains("/nowhere") && warning.contains(folder.path))
        #expect(database.takeWarning() == nil)
        #expect(TimeZoneDatabase(folders: [folder.path], isFirstNamed: true).takeWarning() == nil)
    }

    @Test("rules that are replaced are taken up by zones that are in use; a broken or missing file changes nothing")
    func upgrade() throws {
        let folder = try SampleFolder()
        try folder.write("Area/Town", hours: 1)
        let database = TimeZoneDatabase(folders: [folder.path])
        let zone = database.zone(stored: "Area/Town")
        let before = (zone.fingerprint, database.generation)
        #expect(zone.offset(at: Self.moment) == 3600)
        database.refresh()
        #expect(database.generation == before.1)
        try folder.write("Area/Town", hours: 2)
        database.refresh()
        #expect(zone.offset(at: Self.moment) == 7200)
        #expect(zone.fingerprint != before.0 && database.generation == before.1 + 1)
        try folder.write("Area/Town", text: "no zone at all")
        database.refresh()
        #expect(zone.offset(at: Self.moment) == 7200 && zone.isKnown)
        try FileManager.default.removeItem(atPath: "\(folder.path)/Area/Town")
        database.refresh()
        #expect(zone.offset(at: Self.moment) == 7200 && zone.isKnown)
        try folder.write("Area/Town", hours: 3)
        database.refresh()
        #expect(zone.offset(at: Self.moment) == 10_800)
    }

    @Test("it looks by itself, and a database that is installed later is taken up")
    func byItself() throws {
        let folder = try SampleFolder()
        let late = "\(folder.path)/late"
        let database = TimeZoneDatabase(folders: [late], recheck: 0)
        let zone = database.zone(stored: "Europe/Zurich")
        #expect(zone.offset(at: Self.moment) == 3600)
        try folder.write("late/Europe/London", hours: 0)
        try folder.write("late/Europe/Zurich", hours: 7)
        #expect(zone.offset(at: Self.moment) == 7 * 3600)
        #expect(database.source == .folder(late))
    }

    @Test("a name that is unknown goes by the fallback, keeps its name, and is known as soon as there is a file")
    func unknown() throws {
        let folder = try SampleFolder()
        try folder.write("Area/Town", hours: 5)
        let database = TimeZoneDatabase(folders: [folder.path])
        let zone = database.zone(stored: "America/Coyhaique")
        #expect(!zone.isKnown && zone.offset(at: Self.moment) == 0 && zone.ruling.identifier == "UTC")
        database.fallback = database.zone(stored: "Area/Town")
        #expect(zone.offset(at: Self.moment) == 5 * 3600)
        #expect(zone.identifier == "America/Coyhaique" && zone.ruling.identifier == "Area/Town")
        // A fallback that is unknown itself is none.
        database.fallback = zone
        #expect(zone.offset(at: Self.moment) == 0)
        try folder.write("America/Coyhaique", hours: -3)
        database.refresh()
        #expect(zone.isKnown && zone.offset(at: Self.moment) == -3 * 3600)
    }

    @Test("an old name without a file is what tzdata.zi says")
    func links() throws {
        let folder = try SampleFolder()
        try folder.write("Area/Town", hours: 5)
        try folder.write(
            "tzdata.zi", text: "# version 2026f\nL Area/Town Old/Town\nL Old/Town Older/Town\nL ../x Bad/Town\n")
        let database = TimeZoneDatabase(folders: [folder.path])
        for name in ["Old/Town", "Older/Town"] {
            #expect(database.zone(stored: name).offset(at: Self.moment) == 5 * 3600)
            #expect(try database.zone(named: name).identifier == name)
        }
        #expect(!database.zone(stored: "Bad/Town").isKnown)
    }

    @Test(
        "a name leads nowhere but into the folder",
        arguments: [
            "../secret", "/etc/passwd", "Area/../../secret", "Area//Town", "", "/", ".", "..", "Area/.",
            "posix/Area/Town",
            "right/Area/Town", "Area/Town\u{0}", "Area/Town\n", "A/B/C/D", "localtime", "zone.tab", "Åland/Town",
            String(repeating: "A", count: 5000), "%2e%2e/secret", "Area\\Town",
        ])
    func traversal(name: String) throws {
        let folder = try SampleFolder()
        try folder.write("inner/UTC", hours: 1)
        try folder.write("secret", hours: 9)
        try folder.write("inner/localtime", hours: 9)
        try folder.write("inner/posix/Area/Town", hours: 9)
        let database = TimeZoneDatabase(folders: ["\(folder.path)/inner"])
        #expect(!database.zone(stored: name).isKnown)
        #expect(throws: UnknownTimeZone.self) { try database.zone(named: name) }
    }

    @Test("a file that is broken, huge, a folder or a pipe is told by its place, at once")
    func broken() throws {
        let folder = try SampleFolder()
        try folder.write("Area/Text", text: "no zone")
        try folder.write("Area/Huge", Array(repeating: 0, count: TZifFile.most + 1))
        for name in ["Area/Text", "Area/Huge"] {
            let database = TimeZoneDatabase(folders: [folder.path])
            #expect(!database.zone(stored: name).isKnown)
            let error = #expect(throws: UnknownTimeZone.self) { try database.zone(named: name) }
            #expect(error?.description.contains("\(folder.path)/\(name)") == true, "\(String(describing: error))")
        }
        try folder.write("Area/Folder/Town", hours: 1)
        #expect(mkfifo("\(folder.path)/Area/Pipe", 0o600) == 0)
        let database = TimeZoneDatabase(folders: [folder.path])
        for name in ["Area/Folder", "Area/Pipe"] {
            #expect(!database.zone(stored: name).isKnown)
            #expect(throws: UnknownTimeZone.self) { try database.zone(named: name) }
        }
    }

    @Test("the release is told by tzdata.zi, by +VERSION, by the package manager, and is never younger than its year")
    func release() throws {
        let folder = try SampleFolder()
        #expect(TZDataRelease(folder: folder.path).version == nil)
        try folder.write("+VERSION", text: "2024a\n")
        #expect(TZDataRelease(folder: folder.path).version == "2024a")
        try folder.write("tzdata.zi", text: "# version 2020b\nR x\n")
        let release = TZDataRelease(folder: folder.path)
        #expect(release.version == "2020b")
        #expect(release.date == (try Date("2020-12-31T23:59:59Z")))
        try folder.write("tzdata.zi", text: "# version \u{1B}[2J\n")
        #expect(TZDataRelease(folder: folder.path).version == "2024a")
        try folder.write(
            "status", text: "Package: tzcode\nVersion: 1\n\nPackage: tzdata\nStatus: ok\nVersion: 2025b-0+deb12u2\n")
        if TZDataRelease(folder: "/usr/share/zoneinfo").version == nil {
            #expect(
                TZDataRelease(folder: "/usr/share/zoneinfo", packages: "\(folder.path)/status").version
                    == "2025b-0+deb12u2")
        }
    }

    @Test("lookups cost no more than a few microseconds")
    func cheap() throws {
        let zone = CivilZone(stored: "America/New_York")
        let day = try #require(CivilDate(year: 2026, month: 7, day: 1))
        let spent = ContinuousClock().measure {
            for minute in 0..<20_000 { _ = zone.moment(day, second: minute % 1440 * 60) }
        }
        #expect(spent < .seconds(5))
    }
}
