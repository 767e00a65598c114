import Foundation
import Store

/// Where one test's database lies: a SQLite file in a folder of the test's, or a new database on the PostgreSQL server that
/// BROADSHEET_TEST_POSTGRES names, which goes with the test.
public final class TestPlace: Sendable {
    /// The address of a database on a server that may be filled with others; nil where tests use SQLite.
    public static let server: String? = ProcessInfo.processInfo.environment["BROADSHEET_TEST_POSTGRES"]

    public static var isOnServer: Bool { server != nil }

    public let url: String
    private let folder: URL
    private let name = "test_\(UUID().uuidString.lowercased().filter { $0 != "-" })"

    /// An empty one.
    public convenience init(in folder: URL) throws { try self.init(in: folder, template: "template0") }

    /// One that has the schema already, which saves each test the migrations.
    public static func migrated(in folder: URL) async throws -> TestPlace {
        guard isOnServer else { return try TestPlace(in: folder) }
        return try TestPlace(in: folder, template: try await template.value)
    }

    private init(in folder: URL, template: String) throws {
        self.folder = folder
        guard let server = Self.server else {
            url = "sqlite:\(folder.path)/test.sqlite"
            return
        }
        try Self.run("CREATE DATABASE \(name) TEMPLATE \(template)")
        url = Self.address(of: name, on: server)
    }

    deinit {
        if Self.isOnServer { try? Self.run("DROP DATABASE \(name) WITH (FORCE)") }
    }

    /// Another with the same content, as a copy of the file or a restored dump would be. Connections to this one are broken.
    public func copy() throws -> TestPlace {
        guard Self.isOnServer else {
            let (file, other) = (String(url.dropFirst("sqlite:".count)), folder.appendingPathComponent("copy"))
            try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
            for end in ["", "-wal"] {
                try FileManager.default.copyItem(atPath: file + end, toPath: other.path + "/test.sqlite" + end)
            }
            return try TestPlace(in: other)
        }
        try breakConnections()
        return try TestPlace(in: folder, template: name)
    }

    /// Lets the server end every connection to this database.
    public func breakConnections() throws {
        try Self.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'")
        Thread.sleep(forTimeInterval: 0.1)
    }

    private static let template = Task {
        let name = "template_\(ProcessInfo.processInfo.processIdentifier)"
        try run("DROP DATABASE IF EXISTS \(name)")
        try run("CREATE DATABASE \(name) TEMPLATE template0")
        try await Database(url: address(of: name, on: server ?? "")).migrate(now: Date(milliseconds: 0))
        // A template must have no connections.
        try run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'")
        return name
    }

    public static func address(of name: String, on server: String) -> String {
        guard var parts = URLComponents(string: server) else { return server }
        parts.path = "/" + name
        return parts.string ?? server
    }

    /// Runs a statement on the server.
    public static func run(_ statement: String) throws {
        #if PostgreSQL
            try PostgreSQLServer.run(statement, at: server ?? "")
        #else
            throw StoreError(
                .unreachable, "BROADSHEET_TEST_POSTGRES is set for tests that were built without PostgreSQL",
                mend: "swift test --traits PostgreSQL")
        #endif
    }
}
