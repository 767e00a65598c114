import Foundation

/// A PostgreSQL server of the benchmark's own, from Debian's packages: in a temporary folder, reached by a socket there.
final class PrivatePostgres {
    let folder: URL
    private let programs: String
    /// The server refuses to run as root. This becomes the program that it runs, so that who stops one stops no other.
    private let asUser: [String]
    private var server: Process?

    /// - Throws: ``BenchmarkFailure`` where PostgreSQL is not installed or does not start.
    init() throws {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        guard let newest = versions.compactMap(Int.init).max() else {
            throw BenchmarkFailure("install the package postgresql first")
        }
        programs = "/usr/lib/postgresql/\(newest)/bin"
        asUser = geteuid() == 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : []
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
        try start()
    }

    private var data: String { folder.appendingPathComponent("data").path }

    /// Ends all connections at once and starts again, as after a crash.
    func restart() throws {
        end()
        try start()
    }

    func stop() {
        end()
        try? FileManager.default.removeItem(at: folder)
    }

    /// In the foreground: a daemon would hold on to what its parent is waited for by.
    private func start() throws {
        let process = Process()
        let words = asUser + ["\(programs)/postgres", "-D", data]
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.runUnmasked()
        server = process
        for _ in 0..<600 {
            if (try? query("postgres", "SELECT 1")) != nil { return }
            usleep(100_000)
        }
        throw BenchmarkFailure("PostgreSQL did not start")
    }

    private func end() {
        let file = try? String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8)
        if let pid = file?.split(separator: "\n").first.flatMap({ Int32($0) }) { kill(pid, SIGQUIT) }
        server?.waitUntilExit()
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
            "/usr/bin/env", ["psql", "-q", "-A", "-t", "-h", folder.path, "-U", "postgres", "-d", database, "-c", sql])
    }

    private func run(_ program: String, _ arguments: [String]) throws -> String {
        try Peer.run("/usr/bin/env", ["-C", "/"] + asUser + ["\(programs)/\(program)"] + arguments)
    }
}
