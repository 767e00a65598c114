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

        init() async throws {
            folder = URL(fileURLWithPath: "/tmp/broadsheet-\(UUID().uuidString.prefix(8))")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let installed = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
            bin = "/usr/lib/postgresql/\(installed.max { (Int($0) ?? 0) < (Int($1) ?? 0) } ?? "")/bin/"
            if getuid() == 0 { try Command.run("chown", ["postgres", folder.path]) }
            try await run(
                "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
            let options = "-k \(folder.path) -c listen_addresses= -c fsync=off"
            try await run("pg_ctl", "-D", data, "-l", data + "/log", "-w", "-o", options, "start")
        }

        /// Lets every connection end and starts anew.
        func restart() async throws {
            try await run("pg_ctl", "-D", data, "-l", data + "/log", "-w", "-m", "fast", "restart")
        }

        func stop() async {
            try? await run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
            try? FileManager.default.removeItem(at: folder)
        }

        /// Runs `body` and stops the server in any case.
        static func with(_ body: (OwnServer) async throws -> Void) async throws {
            let server = try await OwnServer()
            do {
                try await body(server)
            } catch {
                await server.stop()
                throw error
            }
            await server.stop()
        }

        /// The server refuses to run as root. It lives on when the command has ended, so it must not inherit the pipes of
        /// other tests' processes.
        private func run(_ name: String, _ arguments: String...) async throws {
            let closing = "for n in $(ls /proc/$$/fd); do [ $n -gt 2 ] && eval \"exec $n>&-\"; done; exec \"$@\""
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/bash")
            let user = getuid() == 0 ? ["runuser", "-u", "postgres", "--"] : []
            process.arguments = ["-c", closing, "-"] + user + [bin + name] + arguments
            process.currentDirectoryURL = folder
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            let status = try await withCheckedThrowingContinuation { (done: CheckedContinuation<Int32, any Error>) in
                process.terminationHandler = { done.resume(returning: $0.terminationStatus) }
                do { try process.run() } catch { done.resume(throwing: error) }
            }
            guard status == 0 else { throw Command.Failed(status: status, words: "\(name) \(arguments)") }
        }
    }
#endif
