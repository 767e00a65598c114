#if PostgreSQL
    import Foundation
    import TestTools

    /// A PostgreSQL server of one test's own, to be restarted, frozen, replaced by a standby and set up as it likes; reached
    /// by a socket in its folder.
    public final class OwnServer: Sendable {
        public let folder: URL
        private let bin: String
        private var data: String { folder.path + "/data" }
        public var url: String { Self.url(folder.path) }

        /// The address of the server whose socket is in a folder.
        public static func url(_ folder: String) -> String { "postgres://postgres@/postgres?host=\(folder)" }

        public convenience init() async throws {
            try await self.init { server in
                try await server.run(
                    "initdb", "-D", server.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C",
                    "--no-sync")
            }
        }

        private init(_ fill: (OwnServer) async throws -> Void) async throws {
            folder = URL(fileURLWithPath: "/tmp/broadsheet-\(UUID().uuidString.prefix(8))")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let installed = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
            bin = "/usr/lib/postgresql/\(installed.max { (Int($0) ?? 0) < (Int($1) ?? 0) } ?? "")/bin/"
            if getuid() == 0 { try Command.run("chown", ["postgres", folder.path]) }
            try await fill(self)
            try await start()
        }

        /// A hot standby that follows this server.
        public func standby() async throws -> OwnServer {
            try await OwnServer { other in
                try await run(
                    "pg_basebackup", "-D", other.data, "-h", folder.path, "-U", "postgres", "-R", "-X", "stream", "-c",
                    "fast",
                    "--no-sync")
            }
        }

        public func start() async throws {
            let options = "-k \(folder.path) -c listen_addresses= -c fsync=off"
            try await run("pg_ctl", "-D", data, "-l", data + "/log", "-w", "-o", options, "start")
        }

        /// Lets every connection end and starts anew.
        public func restart() async throws {
            try await run("pg_ctl", "-D", data, "-l", data + "/log", "-w", "-m", "fast", "restart")
        }

        /// Makes a standby the primary.
        public func promote() async throws { try await run("pg_ctl", "-D", data, "-w", "promote") }

        /// Ends the server as a crash would.
        public func crash() async throws { try await run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop") }

        /// Stops every process of the server where it is, or lets all go on.
        public func freeze(_ isFrozen: Bool) throws {
            let file = try String(contentsOfFile: data + "/postmaster.pid", encoding: .utf8)
            guard let parent = file.split(separator: "\n").first.flatMap({ Int32($0) }) else { return }
            let word = isFrozen ? SIGSTOP : SIGCONT
            kill(parent, word)
            let children = try String(decoding: Command.run("pgrep", ["-P", "\(parent)"]), as: UTF8.self)
            for child in children.split(separator: "\n").compactMap({ Int32($0) }) { kill(child, word) }
        }

        public func stop() async {
            try? freeze(false)
            try? await crash()
            try? FileManager.default.removeItem(at: folder)
        }

        /// Runs `body` and stops the server in any case.
        public static func with(_ body: (OwnServer) async throws -> Void) async throws {
            let server = try await OwnServer()
            do {
                try await body(server)
            } catch {
                await server.stop()
                throw error
            }
            await server.stop()
        }

        /// Runs `body` with a server and a standby of it, and a folder with one name for both that leads to the first.
        public static func withStandby(_ body: (OwnServer, OwnServer, MovingName) async throws -> Void) async throws {
            try await with { primary in
                let standby = try await primary.standby()
                let name = try MovingName(primary)
                do {
                    try await body(primary, standby, name)
                } catch {
                    await standby.stop()
                    throw error
                }
                await standby.stop()
            }
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

    /// One name that leads to one server or another, as a proxy's or a floating address does.
    public final class MovingName: Sendable {
        private let folder: String

        public var url: String { OwnServer.url(folder) }

        init(_ server: OwnServer) throws {
            folder = server.folder.path + "/name"
            try lead(to: server)
        }

        public func lead(to server: OwnServer) throws {
            try? FileManager.default.removeItem(atPath: folder)
            try FileManager.default.createSymbolicLink(atPath: folder, withDestinationPath: server.folder.path)
        }
    }
#endif
