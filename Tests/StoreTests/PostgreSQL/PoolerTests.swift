#if PostgreSQL
    import Foundation
    import Loopback
    import TestSupport
    import TestTools
    import Testing

    @testable import Store

    /// PgBouncer before a server of a test's own, run from that server's folder and reached by a socket there.
    struct Pooler {
        static let isThere = FileManager.default.isExecutableFile(atPath: "/usr/sbin/pgbouncer")

        let url: String
        private let process: Process

        init(_ server: OwnServer, _ settings: String) async throws {
            let folder = server.folder.path + "/pooler"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(
                """
                [databases]
                * = host=\(server.folder.path) user=postgres
                [pgbouncer]
                listen_addr =
                unix_socket_dir = \(folder)
                listen_port = 5432
                auth_type = any
                ignore_startup_parameters = extra_float_digits
                \(settings)
                """.utf8
            ).write(to: URL(fileURLWithPath: folder + "/pgbouncer.ini"))
            if getuid() == 0 { try Command.run("chown", ["-R", "postgres", folder]) }
            process = Process()
            let user = getuid() == 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : []
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = user + ["/usr/sbin/pgbouncer", "-q", folder + "/pgbouncer.ini"]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            url = "postgres://postgres@/postgres?host=\(folder)"
            // The socket's file is there before anybody listens.
            let question = ["-q", url, "-c", "SELECT 1"]
            await Awaiting.until { (try? Command.run("psql", question)) != nil }
        }

        func stop() {
            // It may have been started with SIGTERM masked.
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }

        static func with(_ settings: String, _ body: (OwnServer, Pooler) async throws -> Void) async throws {
            try await OwnServer.with { server in
                try await Database(url: server.url).migrate(now: TestDatabase.start)
                let pooler = try await Pooler(server, settings)
                defer { pooler.stop() }
                try await body(server, pooler)
            }
        }
    }

    @Suite(
        "PgBouncer", .enabled(if: TestPlace.isOnServer && Pooler.isThere, "needs the package pgbouncer"), .serialized)
    struct PoolerTests {
        @Test("one that hands each transaction to another session is refused, with the mend")
        func transactions() async throws {
            try await Pooler.with("pool_mode = transaction") { _, pooler in
                let database = try Database(url: pooler.url)
                let error = await #expect(throws: StoreError.self) { _ = try await database.feeds.all() }
                #expect(error?.mend.contains("pool_mode = session") == true, "\(String(describing: error))")
                await #expect(throws: StoreError.self) { _ = try await database.take("ingest") }
            }
        }

        @Test("one that leaves each client its session serves many, and what they set is never another's")
        func sessions() async throws {
            try await Pooler.with("pool_mode = session\nserver_reset_query =\ndefault_pool_size = 30") {
                server, pooler in
                // What another client leaves behind in the session that we are given next.
                try Self.leave(
                    "SET lock_timeout = '1ms'; SET default_transaction_isolation = 'serializable'", at: pooler)
                let databases = try (0..<2).map { _ in try Database(url: pooler.url) }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<40 {
                        group.addTask {
                            try await databases[number % 2].driver.write(.people) { sql in
                                _ = try sql.row("SELECT pg_sleep(0.01)")
                                _ = try sql.execute(
                                    """
                                    INSERT INTO counters (name, value) VALUES ('n', 1)
                                    ON CONFLICT (name) DO UPDATE SET value = counters.value + 1
                                    """)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                let count = try await databases[0].driver.read { sql in
                    try sql.row("SELECT value FROM counters WHERE name = 'n'")?.number("value")
                }
                #expect(count == 40)
                let ours = try await databases[0].driver.read { sql in
                    try sql.row("SELECT current_setting('lock_timeout') AS timeout")?.text("timeout")
                }
                #expect(ours == "2min")
            }
        }

        private static func leave(_ settings: String, at pooler: Pooler) throws {
            try Command.run("psql", ["-q", pooler.url, "-c", settings])
        }

        @Test("one with too few sessions is named, and what to raise")
        func tooSmall() async throws {
            try await Pooler.with("pool_mode = session\ndefault_pool_size = 1\nquery_wait_timeout = 2") { _, pooler in
                let database = try Database(url: pooler.url)
                let error = await #expect(throws: StoreError.self) {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for _ in 0..<3 {
                            group.addTask {
                                _ = try await database.driver.read { sql in try sql.row("SELECT pg_sleep(1)") }
                            }
                        }
                        try await group.waitForAll()
                    }
                }
                #expect(error?.mend.contains("default_pool_size") == true, "\(String(describing: error))")
            }
        }
    }
#endif
