import Core
import Foundation
import Mail
import TestSupport
import Testing

@testable import Store
@testable import Workers

@Suite("New rules of time zones while readers wait")
struct ZoneWatchTests {
    /// A folder of zones of which one has an offset, in hours.
    private func write(_ hours: Int, _ folder: URL) throws {
        for (name, hours) in [("UTC", 0), ("Europe/Zurich", hours)] {
            var bytes = Array("TZif2".utf8) + Array(repeating: 0, count: 15)
            let counts: [UInt8] = [0, 0, 0, 0, 1, 4].flatMap { [0, 0, 0, $0] }
            let seconds = hours * 3600
            let body =
                (0..<4).reversed().map { UInt8(truncatingIfNeeded: seconds >> (8 * $0)) } + [0, 0] + Array("XXX\0".utf8)
            bytes = bytes + counts + body + bytes + counts + body + Array("\nXXX\(-hours)\n".utf8)
            let file = folder.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file, options: .atomic)
        }
    }

    @Test("move what lies ahead once, at the first look and whenever they change again")
    func moves() async throws {
        let test = try await TestInstallation()
        let folder = test.folder.appendingPathComponent("zones")
        try write(1, folder)
        let zones = TimeZoneDatabase(folders: [folder.path], recheck: 0)
        let watch = ZoneWatch(test.installation, zones)
        let schedule = DeliverySchedule(timeZone: CivilZone(stored: "Europe/Zurich"), minute: 420)
        let reader = try #require(
            try await test.desk.add(
                try Address("ada@example.org"), interests: Interests(), schedule: schedule, source: "test"))
        let due = try #require(reader.nextDigestAt)
        let late = due.addingTimeInterval(3600).milliseconds

        /// Has the digest an hour late, as older rules might, and looks where it is then.
        func look(_ watch: ZoneWatch) async throws -> TimeInterval? {
            _ = try await test.installation.database.driver.write { sql in
                try sql.execute("UPDATE subscribers SET next_digest_at = $1", [late])
            }
            try await watch.look(at: test.clock.now)
            return try await test.subscriber("ada@example.org").nextDigestAt?.timeIntervalSince(due)
        }

        #expect(try await look(watch) == 0)
        // Nothing has changed, so nothing is looked at again; nor by another process that has the same rules.
        #expect(try await look(watch) == 3600)
        #expect(try await look(ZoneWatch(test.installation, zones)) == 3600)
        try write(2, folder)
        #expect(try await look(watch) == 0)
    }
}
