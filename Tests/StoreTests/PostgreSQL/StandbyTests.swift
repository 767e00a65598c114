#if PostgreSQL
    import Foundation
    import Loopback
    import TestSupport
    import TestTools
    import Testing

    @testable import Store

    @Suite("A primary and its standby", .enabled(if: TestPlace.isOnServer), .serialized)
    struct StandbyTests {
        private func bump(_ database: Database) async throws {
            try await database.driver.write { sql in
                _ = try sql.execute(
                    """
                    INSERT INTO counters (name, value) VALUES ('a', 1)
                    ON CONFLICT (name) DO UPDATE SET value = counters.value + 1
                    """)
            }
        }

        @Test("a connection that leads to a hot standby is closed, and the next finds the primary under the same name")
        func demoted() async throws {
            try await OwnServer.withStandby { primary, standby, name in
                // Any server is taken, as where a proxy has moved meanwhile.
                let database = try Database(url: name.url + "&target_session_attrs=any")
                try await database.migrate(now: TestDatabase.start)
                try await bump(database)
                try name.lead(to: standby)
                let late = try Database(url: name.url + "&target_session_attrs=any")
                try await Awaiting.until { try await late.schemaVersion() != 0 }
                try name.lead(to: primary)
                // Its connection waits, and is one to the standby.
                try await bump(late)
            }
        }

        @Test("a name that leads to a standby is an error that names the mend, until the standby takes over")
        func oneName() async throws {
            try await OwnServer.withStandby { primary, standby, name in
                let database = try Database(url: name.url)
                try await database.migrate(now: TestDatabase.start)
                try name.lead(to: standby)
                let stranger = try Database(url: name.url)
                let error = await #expect(throws: StoreError.self) { try await bump(stranger) }
                #expect(error?.kind == .readOnly)
                #expect(error?.mend.contains("primary") == true)
                let before = database.failovers
                // Not before: a change that is being confirmed as the server dies has no known outcome, and is an error.
                try await primary.crash()
                let writing = Task { try await bump(database) }
                try await standby.promote()
                try await writing.value
                try await bump(database)
                #expect(database.failovers == before + 1)
                #expect(try await database.noticeFailover(at: TestDatabase.start) == false, "none was known before")
            }
        }

        @Test("after a fail-over numbers go on far beyond those that may have been lost, once")
        func numbers() async throws {
            try await OwnServer.withStandby { primary, standby, name in
                let database = try Database(url: name.url)
                try await database.migrate(now: TestDatabase.start)
                #expect(try await !database.noticeFailover(at: TestDatabase.start))
                try await bump(database)
                try await waitForReplay(of: "counters", on: standby)
                try await primary.crash()
                try await standby.promote()
                try name.lead(to: standby)
                _ = try await database.schemaVersion()
                #expect(try await database.noticeFailover(at: TestDatabase.start))
                #expect(try await database.lastFailover() == TestDatabase.start)
                #expect(try await !database.noticeFailover(at: TestDatabase.start))
                let value = try await database.driver.read { sql in
                    try sql.row("SELECT value FROM counters WHERE name = 'a'")?.number("value")
                }
                #expect(try #require(value) > NumberSkip.count)
            }
        }

        /// Until a table's rows have come to a standby.
        private func waitForReplay(of table: String, on standby: OwnServer) async throws {
            let reader = try Database(url: standby.url + "&target_session_attrs=any")
            let hasFollowed = await Awaiting.until {
                let rows = try? await reader.driver.read { sql in
                    try sql.rows("SELECT 1 AS one FROM \(table) LIMIT 1").count
                }
                return rows == 1
            }
            #expect(hasFollowed, "the standby does not follow")
        }

        @Test("changes that wait for a synchronous standby that is not there are told so, and when they no longer do")
        func absentStandby() async throws {
            try await OwnServer.with { server in
                let database = try Database(url: server.url)
                try await database.migrate(now: TestDatabase.start)
                try await database.probe()
                try PostgreSQLServer.run("ALTER SYSTEM SET synchronous_standby_names = 'nobody'", at: server.url)
                try PostgreSQLServer.run("SELECT pg_reload_conf()", at: server.url)
                let error = try await firstFailure(of: database)
                #expect(error.description.contains("synchronous_standby_names"))
                // Asking again and again takes no further sessions of the server.
                for _ in 0..<3 { await #expect(throws: StoreError.self) { try await database.probe(within: .zero) } }
                let stuck = try await database.driver.read { sql in
                    try sql.row("SELECT count(*) AS count FROM pg_stat_activity WHERE wait_event = 'SyncRep'")?
                        .number("count")
                }
                #expect(stuck == 1)
                try PostgreSQLServer.run("ALTER SYSTEM RESET synchronous_standby_names", at: server.url)
                try PostgreSQLServer.run("SELECT pg_reload_conf()", at: server.url)
                try await firstSuccess(of: database)
            }
        }

        @Test("a server that is frozen is told from one that works, and goes on when it is let")
        func frozen() async throws {
            try await OwnServer.with { server in
                let database = try Database(url: server.url)
                try await database.migrate(now: TestDatabase.start)
                try await database.probe()
                try server.freeze(true)
                let error = try await firstFailure(of: database)
                #expect(error.kind == .unreachable)
                try server.freeze(false)
                try await firstSuccess(of: database)
                try await bump(database)
            }
        }

        @Test("a frozen server that another has replaced keeps nobody waiting")
        func frozenAndReplaced() async throws {
            try await OwnServer.withStandby { primary, standby, name in
                let database = try Database(url: name.url)
                try await database.migrate(now: TestDatabase.start)
                try await bump(database)
                try await waitForReplay(of: "counters", on: standby)
                try primary.freeze(true)
                let writing = Task { try await bump(database) }
                _ = try await firstFailure(of: database)
                try await standby.promote()
                try name.lead(to: standby)
                try await firstSuccess(of: database)
                // The one that was under way is tried again on the new one, or told to be unknown.
                do { try await writing.value } catch let error as StoreError { #expect(error.kind == .unreachable) }
                try await bump(database)
            }
        }

        private func firstFailure(of database: Database) async throws -> StoreError {
            for _ in 0..<100 {
                do {
                    try await database.probe(within: .seconds(1))
                    try await Task.sleep(for: .milliseconds(100))
                } catch let error as StoreError {
                    return error
                }
            }
            throw StoreError(.other, "the server answers all the time", mend: "see the test")
        }

        private func firstSuccess(of database: Database) async throws {
            for _ in 0..<300 {
                do { return try await database.probe(within: .seconds(1)) } catch {
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
            try await database.probe(within: .seconds(1))
        }
    }

    private enum German {
        /// Whether the system has the locale, in which PostgreSQL's packages bring its words.
        static let isThere: Bool = {
            let locales = (try? Command.run("locale", ["-a"])).map { String(decoding: $0, as: UTF8.self) } ?? ""
            return locales.contains("de_DE.utf8")
        }()
    }

    @Suite("A server that speaks German", .enabled(if: TestPlace.isOnServer && German.isThere, "needs de_DE.UTF-8"))
    struct GermanServerTests {
        @Test("a change of the schema, a wrong user and a missing database are what they are in any language")
        func german() async throws {
            try await OwnServer.with { server in
                try PostgreSQLServer.run("ALTER SYSTEM SET lc_messages = 'de_DE.UTF-8'", at: server.url)
                try await server.restart()
                let database = try Database(url: server.url)
                #expect(try await database.schemaVersion() == 0)
                try await database.migrate(now: TestDatabase.start)
                #expect(try await database.feeds.all().isEmpty)
                let other = try Database(url: server.url)
                try await other.driver.write { sql in _ = try sql.execute("ALTER TABLE feeds ADD COLUMN x BIGINT") }
                #expect(try await database.feeds.all().isEmpty)
                let stranger = try Database(url: server.url.replacing("postgres@", with: "nobody_here@"))
                let unknown = await #expect(throws: StoreError.self) { _ = try await stranger.feeds.all() }
                #expect(unknown?.mend.contains("pg_hba.conf") == true, "\(String(describing: unknown))")
                #expect(unknown?.what.contains("existiert nicht") == true, "the server speaks English")
                let missing = try Database(url: server.url.replacing("/postgres?", with: "/nothing?"))
                let error = await #expect(throws: StoreError.self) { _ = try await missing.feeds.all() }
                #expect(error?.mend.contains("createdb") == true, "\(String(describing: error))")
            }
        }
    }

    @Suite("What a server reports while it is connected to")
    struct InquiryTests {
        @Test(
            "the SQLSTATE is found in any language",
            arguments: [
                (
                    "connection to server at \"::1\", port 5432 failed: FATAL:  28P01: Passwort falsch\nLOCATION:  a, b.c:1",
                    "28P01"
                ),
                ("ВАЖНО:  3D000: база данных не существует", "3D000"), ("致命错误:  57P03: 数据库系统正在启动", "57P03"),
                ("connection refused", ""), ("FATAL:  password authentication failed", ""), ("", ""),
            ])
        func code(report: String, code: String) { #expect(PostgreSQLInquiry.code(in: report) == code) }
    }
#endif
