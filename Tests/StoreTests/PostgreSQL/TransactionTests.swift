#if PostgreSQL
    import Foundation
    import Synchronization
    import TestSupport
    import Testing

    @testable import Store

    @Suite("Transactions on PostgreSQL", .enabled(if: TestPlace.isOnServer))
    struct TransactionTests {
        private static let fault = """
            DO $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = '40001'; END $$
            """
        private let end = "SELECT pg_terminate_backend(pg_backend_pid())"

        private func bump(_ name: String, _ sql: any SQLConnection) throws {
            try sql.execute(
                """
                INSERT INTO counters (name, value) VALUES ($1, 1)
                ON CONFLICT (name) DO UPDATE SET value = counters.value + 1
                """, [name])
        }

        private func value(_ name: String, _ database: Database) async throws -> Int64? {
            try await database.driver.read { sql in
                try sql.row("SELECT value FROM counters WHERE name = $1", [name])?.number("value")
            }
        }

        @Test("one that another was in the way of, or whose connection breaks before the end, is run again as a whole")
        func runsAgain() async throws {
            let test = try await TestDatabase()
            for statement in [Self.fault, end] {
                let tries = Mutex(0)
                try await test.database.driver.write { sql in
                    try bump("a", sql)
                    if tries.withLock({
                        $0 += 1; return $0
                    }) < 3 {
                        try sql.execute(statement)
                    }
                }
                #expect(tries.withLock(\.self) == 3)
            }
            #expect(try await value("a", test.database) == 2)
        }

        private static let insertion = "INSERT INTO counters (name, value) VALUES ($1, $2)"

        @Test("many runs of a statement that share a round trip are each answered, in their order")
        func sharedTrip() async throws {
            let test = try await TestDatabase()
            let numbers = Array(0..<1700)
            try await test.database.driver.write { sql in
                let counts = try sql.execute(Self.insertion, each: numbers.map { ["n\($0)", $0] })
                #expect(counts == numbers.map { _ in 1 })
                let rows = try sql.rows(
                    "UPDATE counters SET value = value + 1 WHERE name = $1 RETURNING value",
                    each: numbers.map { ["n\($0 % 2 == 0 ? $0 : -1)"] })
                let values = try rows.map { try $0.first?.number("value") }
                #expect(values == numbers.map { $0 % 2 == 0 ? Int64($0) + 1 : nil })
                #expect(try sql.execute(Self.insertion, each: []).isEmpty)
                #expect(try sql.rows("SELECT name FROM counters WHERE name LIKE 'n%'").count == numbers.count)
            }
        }

        @Test("of many that share a round trip one that fails undoes all, and the connection serves the next")
        func sharedFailure() async throws {
            let test = try await TestDatabase()
            let error = await #expect(throws: StoreError.self) {
                try await test.database.driver.write { sql in
                    _ = try sql.execute(Self.insertion, each: (0..<700).map { ["n\($0 % 600)", $0] })
                }
            }
            #expect(error?.kind == .conflict)
            try await test.database.driver.write { sql in
                _ = try sql.execute(Self.insertion, each: (0..<3).map { ["n\($0)", $0] })
            }
            #expect(try await value("n2", test.database) == 2)
        }

        @Test("a connection that breaks while many share a round trip has all of them run again")
        func sharedBreak() async throws {
            let test = try await TestDatabase()
            let tries = Mutex(0)
            try await test.database.driver.write { sql in
                let isFirst = tries.withLock {
                    $0 += 1
                    return $0 == 1
                }
                _ = try sql.execute(
                    """
                    INSERT INTO counters (name, value)
                    SELECT $1, CASE CAST($2 AS BIGINT) WHEN 1 THEN CAST(pg_terminate_backend(pg_backend_pid()) AS INT)
                        ELSE 5 END
                    """, each: (0..<400).map { ["n\($0)", isFirst && $0 == 200 ? 1 : 0] })
            }
            #expect(tries.withLock(\.self) == 2)
            #expect(try await value("n200", test.database) == 5)
        }

        @Test("one that others are always in the way of ends with an error, not never")
        func givesUp() async throws {
            let test = try await TestDatabase()
            let error = await #expect(throws: StoreError.self) {
                try await test.database.driver.write { sql in _ = try sql.execute(Self.fault) }
            }
            #expect(error?.kind == .busy)
        }

        /// How many transactions hold a row.
        private final class Holding: Sendable { let count = Atomic(0) }

        @Test("two that wait for each other both happen")
        func deadlock() async throws {
            let test = try await TestDatabase()
            try await test.database.driver.write { sql in
                for name in ["a", "b"] { try bump(name, sql) }
            }
            let holding = Holding()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for order in [["a", "b"], ["b", "a"]] {
                    group.addTask {
                        try await test.database.driver.write(.rows) { sql in
                            try bump(order[0], sql)
                            holding.count.add(1, ordering: .relaxed)
                            // Both hold what the other wants; whoever is run again finds it so.
                            while holding.count.load(ordering: .relaxed) < 2 {
                                _ = try sql.row("SELECT pg_sleep(0.01)")
                            }
                            try bump(order[1], sql)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await value("a", test.database) == 3)
            #expect(try await value("b", test.database) == 3)
        }

        @Test("what is read and then written is right with many writers in many processes")
        func serial() async throws {
            let test = try await TestDatabase()
            let others = try (0..<4).map { _ in try Database(url: test.place.url) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<80 {
                    let database = others[number % 4]
                    group.addTask {
                        try await database.driver.write(.people) { sql in
                            let row = try sql.row("SELECT value FROM counters WHERE name = 'n'")
                            let next = (try row?.number("value") ?? 0) + 1
                            try sql.execute("DELETE FROM counters WHERE name = 'n'")
                            try sql.execute("INSERT INTO counters (name, value) VALUES ('n', $1)", [next])
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await value("n", test.database) == 80)
        }

        @Test("connections that the server ended while they waited are made anew")
        func reconnects() async throws {
            let test = try await TestDatabase()
            for _ in 0..<3 { _ = try await test.subscriber("\(UUID())@example.org") }
            try test.place.breakConnections()
            #expect(try await test.database.subscribers.list().count == 3)
            _ = try await test.subscriber("ada@example.org")
        }

        @Test("one that breaks in its COMMIT, and did not happen, is run again")
        func brokenCommit() async throws {
            let test = try await TestDatabase()
            try await test.database.driver.write { sql in
                try sql.execute("CREATE SEQUENCE tries")
                try sql.execute(
                    """
                    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN IF nextval('tries') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NULL; END $$
                    """)
                try sql.execute(
                    """
                    CREATE CONSTRAINT TRIGGER die AFTER INSERT ON counters DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION die()
                    """)
            }
            let runs = Mutex(0)
            try await test.database.driver.write { sql in
                runs.withLock { $0 += 1 }
                try sql.execute("INSERT INTO counters (name, value) VALUES ('a', 1)")
            }
            #expect(runs.withLock(\.self) == 2)
            #expect(try await value("a", test.database) == 1)
        }

        @Test("a change of the schema by another process disturbs no statement that was prepared before")
        func stalePlan() async throws {
            let test = try await TestDatabase()
            let other = try Database(url: test.place.url)
            #expect(try await other.feeds.all().isEmpty)
            try await test.database.driver.write { sql in _ = try sql.execute("ALTER TABLE feeds ADD COLUMN x BIGINT") }
            #expect(try await other.feeds.all().isEmpty)
        }

        @Test("several processes that migrate an empty database at once do it once")
        func migratesOnce() async throws {
            let test = try await TestDatabase()
            let place = try TestPlace(in: test.folder)
            let applied = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for _ in 0..<4 {
                    group.addTask { try await Database(url: place.url).migrate(now: TestDatabase.start) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied == Schema.migrations.map(\.version))
        }

        @Test("text is compared by its bytes in every column")
        func collation() async throws {
            let test = try await TestDatabase()
            let columns = try await test.database.driver.read { sql in
                try sql.rows(
                    """
                    SELECT CAST(table_name || '.' || column_name AS TEXT) AS name FROM information_schema.columns
                    WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'
                    """
                ).map { try $0.need("name") }
            }
            #expect(columns.isEmpty, "\(columns)")
        }
    }
#endif
