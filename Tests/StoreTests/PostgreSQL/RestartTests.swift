#if PostgreSQL
    import Foundation
    import Synchronization
    import TestSupport
    import Testing

    @testable import Store

    @Suite("A server that is restarted", .enabled(if: TestPlace.isOnServer), .serialized)
    struct RestartTests {
        private func add(_ number: Int, to database: Database) async throws {
            try await database.driver.write(.people) { sql in
                _ = try sql.execute("INSERT INTO counters (name, value) VALUES ($1, 1)", ["n\(number)"])
            }
        }

        @Test("is waited for, and each transaction happens once")
        func restart() async throws {
            try await OwnServer.with { try await restarted(on: $0) }
        }

        private func restarted(on server: OwnServer) async throws {
            let database = try Database(url: server.url)
            try await database.migrate(now: TestDatabase.start)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lane in 0..<4 {
                    group.addTask {
                        // One that happened and is run again would meet its own row and fail.
                        for number in 0..<100 {
                            try await add(lane * 1000 + number, to: database)
                            try await Task.sleep(for: .milliseconds(10))
                        }
                    }
                }
                for _ in 0..<2 {
                    try await Task.sleep(for: .milliseconds(200))
                    try await server.restart()
                }
                try await group.waitForAll()
            }
            let count = try await database.driver.read { sql in
                try sql.row("SELECT count(*) AS count FROM counters WHERE name LIKE 'n%'")?.number("count")
            }
            #expect(count == 400)
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
            for _ in 0..<500 {
                let row = try await database.driver.read { sql in try sql.row("SELECT 1 AS one \(waiting)") }
                if row != nil { break }
                try await Task.sleep(for: .milliseconds(20))
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
