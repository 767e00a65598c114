#if PostgreSQL
    import Foundation
    import Loopback
    import Synchronization
    import TestSupport
    import Testing

    @testable import Store

    @Suite("A server that is restarted", .enabled(if: TestPlace.isOnServer), .serialized)
    struct RestartTests {
        /// One that happened and is run again would meet its own row and fail.
        ///
        /// - Returns: false where the server was restarted between COMMIT and its answer, which is told.
        private func add(_ number: Int, to database: Database) async throws -> Bool {
            do {
                try await database.driver.write(.people) { sql in
                    _ = try sql.execute("INSERT INTO counters (name, value) VALUES ($1, 1)", ["n\(number)"])
                }
                return true
            } catch let error as StoreError where error.description.contains("may or may not") {
                return false
            }
        }

        @Test("is waited for; each transaction happens once, or it is told that nobody knows")
        func restart() async throws {
            try await OwnServer.with { try await restarted(on: $0) }
        }

        private func restarted(on server: OwnServer) async throws {
            let database = try Database(url: server.url)
            try await database.migrate(now: TestDatabase.start)
            let untold = try await withThrowingTaskGroup(of: Int.self) { group in
                for lane in 0..<4 {
                    group.addTask {
                        var untold = 0
                        for number in 0..<100 {
                            if try await !add(lane * 1000 + number, to: database) { untold += 1 }
                            try await Task.sleep(for: .milliseconds(10))
                        }
                        return untold
                    }
                }
                for _ in 0..<2 {
                    try await Task.sleep(for: .milliseconds(200))
                    try await server.restart()
                }
                return try await group.reduce(0, +)
            }
            let count = try await database.driver.read { sql in
                try sql.row("SELECT count(*) AS count FROM counters WHERE name LIKE 'n%'")?.number("count")
            }
            // Of each connection one transaction may have been between the two, at each restart.
            #expect(untold <= 8)
            #expect((400 - Int64(untold)...400).contains(try #require(count)))
        }

        @Test("a COMMIT that happened and whose answer was lost is not repeated, and is no failure")
        func lostAnswer() async throws {
            try await OwnServer.with { try await answerLost(on: $0) }
        }

        private func answerLost(on server: OwnServer) async throws {
            let database = try Database(url: server.url)
            try await database.migrate(now: TestDatabase.start)
            // A COMMIT waits, after it has happened, for a standby that there is not.
            try PostgreSQLServer.run("ALTER SYSTEM SET synchronous_standby_names = 'nobody'", at: server.url)
            try PostgreSQLServer.run("SELECT pg_reload_conf()", at: server.url)
            let runs = Mutex(0)
            let writing = Task {
                try await database.driver.write(.people) { sql in
                    runs.withLock { $0 += 1 }
                    _ = try sql.execute("INSERT INTO counters (name, value) VALUES ('a', 1)")
                }
            }
            let waiting = "FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
            try await Awaiting.until {
                try await database.driver.read { sql in try sql.row("SELECT 1 AS one \(waiting)") != nil }
            }
            try PostgreSQLServer.run("SELECT pg_terminate_backend(pid) \(waiting)", at: server.url)
            try PostgreSQLServer.run("ALTER SYSTEM RESET synchronous_standby_names", at: server.url)
            try PostgreSQLServer.run("SELECT pg_reload_conf()", at: server.url)
            try await writing.value
            #expect(runs.withLock(\.self) == 1)
            let row = try await database.driver.read { sql in try sql.row("SELECT * FROM counters WHERE name = 'a'") }
            #expect(row != nil)
        }
    }
#endif
