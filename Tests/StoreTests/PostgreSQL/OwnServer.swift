#if PostgreSQL
    import Foundation
    import TestSupport

    @testable import Store

    /// A PostgreSQL server of one test's own, to be restarted and set up as it likes; reached by a socket in its folder.
    final class OwnServer: Sendable {
        private let folder: URL
        private let bin: String
        private var data: String { folder.path + "/data" }
        var url: String { "postgres://postgres@/postgres?host=\(folder.path)" }

        init() throws {
            folder = URL(fileURLWithPath: "/tmp/broadsheet-\(UUID().uuidString.prefix(8))")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let installed = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
            bin = "/usr/lib/postgresql/\(installed.max { (Int($0) ?? 0) < (Int($1) ?? 0) } ?? "")/bin/"
            if getuid() == 0 { try Command.run("chown", ["postgres", folder.path]) }
            try run("initdb", ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"])
            try run(
                "pg_ctl",
                [
                    "-D", data, "-l", data + "/log", "-w", "-o", "-k \(folder.path) -c listen_addresses= -c fsync=off",
                    "start",
                ])
        }

        /// Lets every connection end and starts anew.
        func restart() throws { try run("pg_ctl", ["-D", data, "-l", data + "/log", "-w", "-m", "fast", "restart"]) }

        func stop() {
            _ = try? run("pg_ctl", ["-D", data, "-w", "-m", "immediate", "stop"])
            try? FileManager.default.removeItem(at: folder)
        }

        /// The server refuses to run as root.
        private func run(_ name: String, _ arguments: [String]) throws {
            if getuid() == 0 {
                try Command.run("runuser", ["-u", "postgres", "--", bin + name] + arguments, in: folder)
            } else {
                try Command.run(bin + name, arguments, in: folder)
            }
        }
    }
#endif
