import Foundation
import Testing

@testable import Core

/// All zones of a database, against another program that reads the same files: Python's `zoneinfo`.
///
/// The folder is that of the system, or `TZDIR`'s; `BROADSHEET_TEST_TZDIRS` names more of them, with colons between.
@Suite("Time zones beside Python's", .enabled(if: PythonZones.isThere, "there is no python3 with zoneinfo"))
struct PythonComparisonTests {
    static let folders: [String] = {
        let more = ProcessInfo.processInfo.environment["BROADSHEET_TEST_TZDIRS"] ?? ""
        guard case .folder(let own) = TimeZoneDatabase.system.source else {
            return more.split(separator: ":").map(String.init)
        }
        return [own] + more.split(separator: ":").map(String.init)
    }()

    @Test(
        "each zone, each day of 2026 to 2030 at 00:30, 02:30, 07:00 and 12:00, from the wall to the moment and back",
        arguments: folders)
    func everyDay(folder: String) throws {
        let database = TimeZoneDatabase(folders: [folder])
        try #require(database.source == .folder(folder))
        let python = try PythonZones(folder)
        #expect(python.names.count > 300)
        var differences: [String] = []
        var looked: Set<String> = []
        for name in python.names.sorted() {
            guard let zone = database.zone(existing: name) else {
                differences.append("\(name) is unknown")
                continue
            }
            // Links are compared by their being the same file.
            guard looked.insert(zone.fingerprint).inserted else { continue }
            differences += try python.differences(zone)
        }
        let total = differences.count
        #expect(total == 0, "\(total) differences: \(differences.prefix(20).joined(separator: "; "))")
        #expect(looked.count > 200)
    }
}

/// What Python says of the zones in a folder.
struct PythonZones {
    static let times = [30, 150, 420, 720]
    static let firstDay = CivilDate(year: 2026, month: 1, day: 1)?.daysSince1970 ?? 0
    static let lastDay = CivilDate(year: 2030, month: 12, day: 31)?.daysSince1970 ?? 0

    static let isThere = (try? run("import zoneinfo", [], nil)) != nil

    /// Without those that are no place's: `posix/…`, `localtime`.
    let names: [String]
    /// By zone: from which sample on it has which offset; once with the samples on the wall, once in UTC.
    private let offsets: [String: [[(from: Int, offset: Int)]]]

    /// Runs of equal offsets instead of nine million lines.
    private static let script = """
        import sys, zoneinfo, datetime as d
        utc, seen = d.timezone.utc, {}
        first = d.datetime(1970, 1, 1) + d.timedelta(days=int(sys.argv[1]))
        samples = [first + d.timedelta(days=day, minutes=int(minute))
                   for day in range(int(sys.argv[2]) - int(sys.argv[1]) + 1) for minute in sys.argv[3].split(",")]
        moments = [sample.replace(tzinfo=utc) for sample in samples]
        def runs(offsets):
            last = None
            for place, offset in enumerate(offsets):
                if offset != last: yield f"{place}:{int(offset.total_seconds())}"
                last = offset
        for name in sorted(zoneinfo.available_timezones()):
            with open(f"{sys.argv[4]}/{name}", "rb") as file: data = file.read()
            if data in seen: wall, back = seen[data]
            else:
                zone = zoneinfo.ZoneInfo(name)
                wall = ",".join(runs(sample.replace(tzinfo=zone).utcoffset() for sample in samples))
                back = ",".join(runs(moment.astimezone(zone).utcoffset() for moment in moments))
                seen[data] = wall, back
            print(name, wall, back)
        """

    init(_ folder: String) throws {
        let output = try Self.run(
            Self.script,
            [
                String(Self.firstDay), String(Self.lastDay), Self.times.map(String.init).joined(separator: ","), folder,
            ], folder)
        var offsets: [String: [[(from: Int, offset: Int)]]] = [:]
        for line in output.split(separator: "\n") {
            let words = line.split(separator: " ")
            offsets[String(words[0])] = words.dropFirst().map { run in
                run.split(separator: ",").map { pair in
                    let numbers = pair.split(separator: ":").compactMap { Int($0) }
                    return (numbers[0], numbers[1])
                }
            }
        }
        self.offsets = offsets
        names = offsets.keys.filter(ZoneFolder.isName)
    }

    /// Where a zone says another thing.
    func differences(_ zone: CivilZone) throws -> [String] {
        let expected = try #require(offsets[zone.identifier])
        try #require(expected.count == 2)
        var differences: [String] = []
        var (place, wall, back) = (0, expected[0][...], expected[1][...])
        var (wallOffset, backOffset) = (0, 0)
        for number in Self.firstDay...Self.lastDay {
            let day = CivilDate(daysSince1970: number)
            for minute in Self.times {
                if wall.first?.from == place { wallOffset = wall.removeFirst().offset }
                if back.first?.from == place { backOffset = back.removeFirst().offset }
                let local = Double(number * 86_400 + minute * 60)
                if zone.moment(day, second: minute * 60).timeIntervalSince1970 != local - Double(wallOffset) {
                    differences.append("\(zone) \(day) \(minute): not \(wallOffset) s from Greenwich")
                }
                let clock = zone.clock(at: Date(timeIntervalSince1970: local))
                if clock.day.daysSince1970 * 86_400 + clock.second != Int(local) + backOffset {
                    differences.append("\(zone) \(day) \(minute) UTC: \(clock) and not \(backOffset) s from Greenwich")
                }
                place += 1
            }
        }
        return differences
    }

    private static func run(_ script: String, _ arguments: [String], _ folder: String?) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script] + arguments
        var environment = ProcessInfo.processInfo.environment
        if let folder { environment["PYTHONTZPATH"] = folder }
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return String(decoding: data, as: UTF8.self)
    }
}
