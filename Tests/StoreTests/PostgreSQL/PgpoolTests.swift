#if PostgreSQL
    import Foundation
    import Loopback
    import TestSupport
    import TestTools
    import Testing

    @testable import Store

    /// Pgpool-II before a primary and its standby, run from the primary's folder and reached by a socket there.
    struct Pgpool {
        static let isThere = FileManager.default.isExecutableFile(atPath: "/usr/sbin/pgpool")

        let url: String
        private let process: Process

        init(_ primary: OwnServer, _ standby: OwnServer, _ settings: String) async throws {
            url = "postgres://postgres@/postgres?host=\(primary.folder.path)/pgpool"
            var process = try await Self.start(primary, standby, settings)
            // It asks by and by which of the two is the standby. Where another took the port meanwhile that it insists on for
            // its own control, it has ended, and begins again with another.
            let question = ["-q", "-At", url, "-c", "SHOW pool_nodes"]
            for _ in 0..<5 {
                let started = process
                await Awaiting.until {
                    let nodes = try? Command.run("psql", question)
                    return !started.isRunning
                        || nodes.map { String(decoding: $0, as: UTF8.self).contains("|standby|") } == true
                }
                if process.isRunning { break }
                process = try await Self.start(primary, standby, settings)
            }
            self.process = process
        }

        private static func start(
            _ primary: OwnServer, _ standby: OwnServer, _ settings: String
        ) async throws -> Process {
            let folder = primary.folder.path + "/pgpool"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(
                """
                backend_clustering_mode = 'streaming_replication'
                listen_addresses = ''
                port = 5432
                socket_dir = '\(folder)'
                unix_socket_directories = '\(folder)'
                pcp_port = \(try await LoopbackPort.free())
                pcp_socket_dir = '\(folder)'
                pid_file_name = '\(folder)/pid'
                work_dir = '\(folder)'
                backend_hostname0 = '\(primary.folder.path)'
                backend_port0 = 5432
                backend_flag0 = 'DISALLOW_TO_FAILOVER'
                backend_hostname1 = '\(standby.folder.path)'
                backend_port1 = 5432
                backend_flag1 = 'DISALLOW_TO_FAILOVER'
                enable_pool_hba = off
                pool_passwd = ''
                num_init_children = 30
                sr_check_period = 1
                sr_check_user = 'postgres'
                memory_cache_enabled = off
                \(settings)
                """.utf8
            ).write(to: URL(fileURLWithPath: folder + "/pgpool.conf"))
            try Data().write(to: URL(fileURLWithPath: folder + "/pcp.conf"))
            if getuid() == 0 { try Command.run("chown", ["-R", "postgres", folder]) }
            let process = Process()
            let user = getuid() == 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : []
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments =
                user + ["/usr/sbin/pgpool", "-n", "-f", folder + "/pgpool.conf", "-F", folder + "/pcp.conf"]
            process.currentDirectoryURL = URL(fileURLWithPath: folder)
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            return process
        }

        /// Asked to end, it frees its shared memory; what is left then is ended.
        func stop() async {
            kill(process.processIdentifier, SIGINT)
            let end = ContinuousClock.now + .seconds(10)
            while process.isRunning, .now < end { try? await Task.sleep(for: .milliseconds(20)) }
            // They are a group of their own.
            kill(-process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }

    @Suite(
        "Pgpool-II", .enabled(if: TestPlace.isOnServer && Pgpool.isThere, "needs the package pgpool2"), .serialized)
    struct PgpoolTests {
        private func with(_ settings: String, _ body: (Pgpool) async throws -> Void) async throws {
            try await OwnServer.withStandby { primary, standby, _ in
                try await Database(url: primary.url).migrate(now: TestDatabase.start)
                let pgpool = try await Pgpool(primary, standby, settings)
                do {
                    try await body(pgpool)
                } catch {
                    await pgpool.stop()
                    throw error
                }
                await pgpool.stop()
            }
        }

        @Test(
            "one that spreads what is read is refused each time, with the mend",
            arguments: [
                "load_balance_mode = on", "load_balance_mode = on\nstatement_level_load_balance = on",
                // Nearly always the primary.
                "load_balance_mode = on\nbackend_weight0 = 50\nbackend_weight1 = 1",
            ])
        func spreads(settings: String) async throws {
            try await with(settings) { pgpool in
                for _ in 0..<10 {
                    let database = try Database(url: pgpool.url)
                    let error = await #expect(throws: StoreError.self) { _ = try await database.feeds.all() }
                    #expect(error?.mend.contains("load_balance_mode = off") == true, "\(String(describing: error))")
                }
            }
        }

        @Test("one that does not serves many at once")
        func whole() async throws {
            try await with("load_balance_mode = off") { pgpool in
                let database = try Database(url: pgpool.url)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<20 {
                        group.addTask { try await database.installation.set("name \(number)", "\(number)") }
                    }
                    try await group.waitForAll()
                }
                for number in 0..<20 {
                    #expect(try await database.installation.value("name \(number)") == "\(number)")
                }
            }
        }
    }
#endif
