import Foundation
import Loopback
import Synchronization
import Testing

@testable import Store

@Suite("Backups of the database's file")
struct BackupTests {
    /// A folder for one test.
    private final class Ground {
        let folder: URL
        let file: SQLiteFile
        let backup: String

        init() throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            file = SQLiteFile(path: folder.appendingPathComponent("live.sqlite").path)
            backup = folder.appendingPathComponent("copy.sqlite").path
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        var names: Set<String> { Set((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []) }

        /// The database, open as long as it is held.
        func open() async throws -> Database {
            let database = try Database(url: "sqlite:\(file.path)")
            try await database.migrate(now: TestDatabase.start)
            return database
        }

        /// Sets a value in the database and closes it.
        func set(_ name: String, _ value: String) async throws {
            let database = try await open()
            try await database.installation.set(name, value)
        }

        func value(_ name: String, in path: String) async throws -> String? {
            try await Database(url: "sqlite:\(path)").installation.value(name)
        }
    }

    @Test("taken while a writer runs hold whole transactions only, and are for their owner alone")
    func whileWriting() async throws {
        let ground = try Ground()
        let database = try await ground.open()
        // Cancelling would cut a transaction off.
        let isOver = Atomic(false)
        let writes = Atomic(0)
        async let writing: Void = {
            while !isOver.load(ordering: .relaxed) {
                let name = "\(writes.load(ordering: .relaxed))"
                // Both rows or none.
                try await database.driver.write { sql in
                    try sql.execute("INSERT INTO installation (name, value) VALUES ($1, 'x')", [name])
                    try sql.execute("INSERT INTO counters (name, value) VALUES ($1, 1)", [name])
                }
                writes.add(1, ordering: .relaxed)
            }
        }()
        for round in 1...5 {
            let before = writes.load(ordering: .relaxed)
            await Awaiting.until { writes.load(ordering: .relaxed) > before }
            let condition = try await ground.file.backUp(to: ground.backup, replacing: round > 1)
            #expect(condition.schemaVersion == Database.currentSchemaVersion && condition.damage.isEmpty)
            let counts = try await Database(url: "sqlite:\(ground.backup)").driver.read { sql in
                try sql.row(
                    """
                    SELECT (SELECT count(*) FROM installation) AS one,
                        (SELECT count(*) FROM counters WHERE name NOT IN ('paper', 'filter', 'change')) AS other
                    """)
            }
            #expect(try counts?.number("one") == counts?.number("other"))
        }
        isOver.store(true, ordering: .relaxed)
        try await writing
        let mode = try FileManager.default.attributesOfItem(atPath: ground.backup)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(!ground.names.contains("copy.sqlite.partial"))
    }

    @Test("never overwrite by accident: neither a file nor the database itself")
    func refusals() async throws {
        let ground = try Ground()
        try await ground.set("a", "1")
        try Data("precious".utf8).write(to: URL(fileURLWithPath: ground.backup))
        await #expect(throws: StoreError.self) { try await ground.file.backUp(to: ground.backup) }
        #expect(try String(contentsOfFile: ground.backup, encoding: .utf8) == "precious")
        await #expect(throws: StoreError.self) { try await ground.file.backUp(to: ground.file.path, replacing: true) }
        #expect(try await ground.value("a", in: ground.file.path) == "1")
    }

    @Test("revive no session of the operator's")
    func sessions() async throws {
        let ground = try Ground()
        let (now, end) = (TestDatabase.start, TestDatabase.start.addingTimeInterval(3600))
        do {
            let database = try await ground.open()
            try await database.adminSessions.begin("a", expiresAt: end, at: now)
        }
        _ = try await ground.file.backUp(to: ground.backup)
        _ = try await ground.file.restore(from: ground.backup, replacing: true)
        #expect(try await ground.open().adminSessions.isOpen("a", at: now) == false)
    }

    @Test("come back whole; what was there is kept beside, and the restored database is no machine's")
    func roundTrip() async throws {
        let ground = try Ground()
        try await ground.set("a", "before")
        try await ground.set("instance", "code here")
        _ = try await ground.file.backUp(to: ground.backup)
        try await ground.set("a", "after")

        let refusal = await #expect(throws: StoreError.self) { try await ground.file.restore(from: ground.backup) }
        #expect(refusal?.kind == .conflict)
        let restored = try await ground.file.restore(from: ground.backup, replacing: true)
        #expect(try await ground.value("a", in: ground.file.path) == "before")
        #expect(try await ground.value("instance", in: ground.file.path)?.hasPrefix("restored a backup") == true)
        let kept = try #require(restored.kept)
        #expect(kept == ground.file.path + ".before-restore")
        #expect(try await ground.value("a", in: kept) == "after")
        // A second one does not cost the first.
        let again = try await ground.file.restore(from: ground.backup, replacing: true)
        #expect(again.kept == ground.file.path + ".before-restore-2")
        #expect(!ground.names.contains { $0.hasSuffix(".partial") })
    }

    @Test(
        "restored by root are still the service's", .enabled(if: getuid() == 0, "only root can give files away"),
        arguments: [true, false])
    func owner(hasDatabase: Bool) async throws {
        let ground = try Ground()
        try await ground.set("a", "1")
        _ = try await ground.file.backUp(to: ground.backup)
        let nobody: UInt32 = 65_534
        chown(ground.file.path, nobody, nobody)
        if !hasDatabase {
            ground.file.discard()
            chown(ground.folder.path, nobody, nobody)
        }
        _ = try await ground.file.restore(from: ground.backup, replacing: true)
        let owner = try FileManager.default.attributesOfItem(atPath: ground.file.path)[.ownerAccountID] as? NSNumber
        #expect(owner?.uint32Value == nobody)
    }

    @Test("are not put back while the database is open")
    func inUse() async throws {
        let ground = try Ground()
        let database = try await ground.open()
        _ = try await ground.file.backUp(to: ground.backup)
        let refusal = await #expect(throws: StoreError.self) {
            try await ground.file.restore(from: ground.backup, replacing: true)
        }
        #expect(refusal?.kind == .busy)
        try await database.installation.set("still", "there")
        #expect(try await database.installation.value("still") == "there")
        #expect(!ground.names.contains { $0.contains("before-restore") })
    }

    @Test(
        "that are damaged, newer or something else are refused before anything is touched",
        arguments: ["damaged", "newer", "text", "empty", "missing"])
    func bad(kind: String) async throws {
        let ground = try Ground()
        try await ground.set("a", "1")
        _ = try await ground.file.backUp(to: ground.backup)
        let url = URL(fileURLWithPath: ground.backup)
        switch kind {
        case "damaged":
            let file = try FileHandle(forUpdating: url)
            try file.seek(toOffset: 10 * 4096)
            try file.write(contentsOf: Data(repeating: 0x5A, count: 5 * 4096))
            try file.close()
        case "newer":
            try await Database(url: "sqlite:\(ground.backup)").driver.write { sql in
                _ = try sql.execute("INSERT INTO schema_versions (version, applied_at) VALUES (999, 0)")
            }
        case "text": try Data(String(repeating: "words ", count: 1000).utf8).write(to: url)
        case "empty": try Data().write(to: url)
        default: try FileManager.default.removeItem(at: url)
        }
        await #expect(throws: StoreError.self) { try await ground.file.restore(from: ground.backup, replacing: true) }
        #expect(try await ground.value("a", in: ground.file.path) == "1")
        #expect(!ground.names.contains { $0.contains("before-restore") || $0.contains("partial") })
    }

    @Test("can take the place of a database that is beyond use")
    func overDamage() async throws {
        let ground = try Ground()
        try await ground.set("a", "1")
        _ = try await ground.file.backUp(to: ground.backup)
        try Data(String(repeating: "rubbish ", count: 1000).utf8).write(to: URL(fileURLWithPath: ground.file.path))
        let restored = try await ground.file.restore(from: ground.backup, replacing: true)
        #expect(restored.kept != nil)
        #expect(try await ground.value("a", in: ground.file.path) == "1")
    }
}
