import Foundation

/// A PostgreSQL server of the benchmark's own, from Debian's packages: in a temporary folder, reached by a socket there.
final class PrivatePostgres {
    let folder: URL
    private let programs: String
    /// The server refuses to run as root.
    private let asUser: [String]

    /// - Throws: ``BenchmarkFailure`` where PostgreSQL is not installed or does not start.
    init() throws {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        guard let newest = versions.compactMap(Int.init).max() else {
            throw BenchmarkFailure("install the package postgresql first")
        }
        programs = "/usr/lib/postgresql/\(newest)/bin"
        asUser = geteuid() == 0 ? ["runuser", "-u", "postgres", "--"] : []
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "broadsheet-pg-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if geteuid() == 0 { _ = try Peer.run("/usr/bin/env", ["chown", "postgres", folder.path]) }
        _ = try run("initdb", ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"])
        let settings = """
            listen_addresses = ''
            unix_socket_directories = '\(folder.path)'
            max_connections = 200
            shared_buffers = 256MB

            """
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(data)/postgresql.conf"))
        try file.seekToEnd()
        try file.write(contentsOf: Data(settings.utf8))
        try file.close()
        try control("start")
    }

    private var data: String { folder.appendingPathComponent("data").path }

    /// Ends all connections at once and starts again, as after a crash.
    func restart() throws { try control("restart", "-m", "immediate") }

    func stop() {
        _ = try? control("stop", "-m", "immediate")
        try? FileManager.default.removeItem(at: folder)
    }

    /// A new, empty database.
    ///
    /// - Returns: its address.
    func database(_ name: String) throws -> String {
        _ = try query("postgres", "CREATE DATABASE \(name)")
        return "postgres://postgres@/\(name)?host=\(folder.path)"
    }

    /// What a statement gives, as text.
    func query(_ database: String, _ sql: String) throws -> String {
        try Peer.run(
            "/usr/bin/psql", ["-q", "-A", "-t", "-h", folder.path, "-U", "postgres", "-d", database, "-c", sql])
    }

    private func control(_ words: String...) throws {
        // Its output would be held open by the server.
        _ = try run("pg_ctl", ["-D", data, "-l", "\(data)/log", "-w", "-t", "120"] + words)
    }

    private func run(_ program: String, _ arguments: [String]) throws -> String {
        let words = asUser + ["\(programs)/\(program)"] + arguments
        return try Peer.run("/usr/bin/env", ["sh", "-c", #"cd / && "$@" > /dev/null 2>&1 < /dev/null"#, "sh"] + words)
    }
}
