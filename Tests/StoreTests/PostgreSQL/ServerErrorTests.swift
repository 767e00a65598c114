#if PostgreSQL
    import Foundation
    import TestSupport
    import Testing

    @testable import Store

    @Suite("Addresses of servers")
    struct ServerAddressTests {
        @Test(
            "a password is shown by no error, however the address is spoilt",
            arguments: [
                "postgres://ada:s3cret@127.0.0.1:1/papers", "postgresql://ada:s3cret@/papers?host=/nowhere",
                "postgres://ada:s3cret@x@127.0.0.1:1/papers", "postgres://ada:abc/s3cret@127.0.0.1/papers",
                "postgres://ada:s3cret@127.0.0.1:nonsense/papers", "postgres://ada:s3cret@127.0.0.1:1/papers?no=such",
                "postgres://ada:s3cret@[::1/papers", "postgres://ada@127.0.0.1:1/papers?password=s3cret",
                "postgres://ada:%zzs3cret@127.0.0.1:1/papers", "postgres://ada:1/s3cret@127.0.0.1:1/papers",
            ])
        func hidesPassword(url: String) async {
            let error = await #expect(throws: StoreError.self) {
                try await Database(url: url).migrate(now: TestDatabase.start)
            }
            #expect(error?.kind == .unreachable)
            #expect(error.map { "\($0)".contains("s3cret") } == false, "\(String(describing: error))")
        }

        @Test("a server that is not there is named")
        func nobody() async {
            let error = await #expect(throws: StoreError.self) {
                _ = try await Database(url: "postgres://ada@127.0.0.1:1/papers").feeds.all()
            }
            #expect(error?.description.contains("papers on 127.0.0.1:1") == true)
        }
    }

    @Suite("What a server refuses", .enabled(if: TestPlace.isOnServer))
    struct ServerErrorTests {
        @Test("a database or user that is not there is named, with what to do")
        func missing() async throws {
            let server = try #require(TestPlace.server)
            let database = try Database(url: TestPlace.address(of: "no_such_database", on: server))
            let error = await #expect(throws: StoreError.self) { try await database.migrate(now: TestDatabase.start) }
            #expect(error?.kind == .unreachable)
            #expect(error?.description.contains("createdb") == true)
            let stranger = server.replacing("postgres@", with: "nobody_here@")
            let other = await #expect(throws: StoreError.self) { _ = try await Database(url: stranger).feeds.all() }
            #expect(other?.description.contains("pg_hba.conf") == true)
        }

        @Test("a server that takes no writes is told from one that fails")
        func readOnly() async throws {
            let test = try await TestDatabase()
            let url = test.place.url + "&options=-cdefault_transaction_read_only%3Don"
            let refused = await #expect(throws: StoreError.self) { _ = try await Database(url: url).feeds.all() }
            #expect(refused?.kind == .readOnly)
            let database = try Database(url: url + "&target_session_attrs=any")
            #expect(try await database.feeds.all().isEmpty)
            // What a standby says, which no transaction can talk it out of; one that was never reached is not waited for.
            let strange = try Database(url: url + "&target_session_attrs=any")
            let error = await #expect(throws: StoreError.self) {
                try await strange.driver.write { sql in
                    try sql.execute("DO $$ BEGIN RAISE EXCEPTION 'standby' USING ERRCODE = '25006'; END $$")
                }
            }
            #expect(error?.kind == .readOnly)
        }

        @Test("a full disk and a row that is there already are what they are")
        func kinds() async throws {
            let test = try await TestDatabase()
            for (state, kind) in [
                ("53100", StoreError.Kind.full), ("53300", .busy), ("42501", .readOnly), ("XX001", .damaged),
            ] {
                let error = await #expect(throws: StoreError.self) {
                    try await test.database.driver.write { sql in
                        _ = try sql.execute("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '\(state)'; END $$")
                    }
                }
                #expect(error?.kind == kind, "\(state)")
            }
            let error = await #expect(throws: StoreError.self) {
                try await test.database.driver.write { sql in
                    for _ in 0..<2 { try sql.execute("INSERT INTO counters (name, value) VALUES ('x', 1)") }
                }
            }
            #expect(error?.kind == .conflict)
        }

        @Test("a database of another encoding is refused")
        func encoding() async throws {
            let name = "latin_\(UUID().uuidString.lowercased().prefix(8))"
            try TestPlace.run(
                "CREATE DATABASE \(name) ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0")
            defer { try? TestPlace.run("DROP DATABASE \(name) WITH (FORCE)") }
            let database = try Database(url: TestPlace.address(of: name, on: #require(TestPlace.server)))
            let error = await #expect(throws: StoreError.self) { try await database.migrate(now: TestDatabase.start) }
            #expect(error?.description.contains("LATIN1") == true)
        }
    }
#endif
