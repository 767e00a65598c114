import Foundation
import TestSupport
import Testing

@testable import Store

@Suite("A database that cannot be used")
struct DatabaseErrorTests {
    /// Of SQLite; a server's `synchronous_commit` is the operator's to set, and on for all who leave it.
    @Test(
        "a transaction is on the disk before it counts as done, and not only in the system's memory",
        .enabled(if: !TestPlace.isOnServer))
    func durability() async throws {
        let test = try await TestDatabase()
        let setting = try await test.database.driver.write { try $0.rows("PRAGMA synchronous") }
        #expect(try setting.first?.number("synchronous") == 2)  // FULL
    }

    @Test("a database that a newer program wrote is refused and left as it is")
    func newer() async throws {
        let test = try await TestDatabase()
        _ = try await test.database.driver.write {
            try $0.execute("INSERT INTO schema_versions (version, applied_at) VALUES (99, 0)")
        }
        let error = await #expect(throws: StoreError.self) { try await test.database.migrate(now: TestDatabase.start) }
        #expect(error?.kind == .newer)
        #expect(error?.description.contains("version 99") == true)
    }

    @Test("who only reads leaves an older schema as it is and says so")
    func older() async throws {
        let test = try await TestDatabase()
        let version = try await test.database.schemaVersion()
        let error = await #expect(throws: StoreError.self) { try await test.database.requireSchema(version + 1) }
        #expect(error?.kind == .older)
        #expect(error?.mend.contains("broadsheet migrate") == true)
        #expect(try await test.database.schemaVersion() == version)
        #expect(try await test.database.requireCurrentSchema())
    }

    @Test("a database of before the first release is refused and left as it is")
    func beforeRelease() async throws {
        let test = try await TestDatabase()
        _ = try await test.database.driver.write {
            try $0.execute("ALTER TABLE schema_versions RENAME TO migrations")
        }
        let error = await #expect(throws: StoreError.self) { try await test.database.migrate(now: TestDatabase.start) }
        #expect(error?.kind == .older)
        #expect(error?.mend.contains("subscribers export") == true)
        if !TestPlace.isOnServer, let path = SQLiteFile(url: test.place.url)?.path {
            let refusal = await #expect(throws: StoreError.self) { try await SQLiteFile(path: path).require(.quick) }
            #expect(refusal?.kind == .older)
        }
    }

    @Test("migrating twice does nothing the second time")
    func twice() async throws {
        let test = try await TestDatabase()
        #expect(try await test.database.migrate(now: TestDatabase.start).isEmpty)
    }

    @Test("a file that is no database is named, with what to do")
    func notADatabase() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).sqlite").path
        try Data(repeating: 0x41, count: 4096).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let error = await #expect(throws: StoreError.self) {
            try await Database(url: "sqlite:" + path).migrate(now: TestDatabase.start)
        }
        #expect(error?.kind == .damaged)
        #expect(error?.description.contains(path) == true)
    }

    @Test(
        "an address of no known kind is refused without showing a password",
        arguments: ["mysql://user:secret@host/x", "sqlite:", "nonsense"])
    func unknown(url: String) {
        let error = #expect(throws: StoreError.self) { try Database(url: url) }
        #expect(error?.description.contains("secret") == false)
    }

    @Test("a folder that is not there is named")
    func noFolder() {
        let error = #expect(throws: StoreError.self) { try Database(url: "sqlite:/nowhere/at/all/x.sqlite") }
        #expect(error?.description.contains("/nowhere/at/all") == true)
    }
}
