#if PostgreSQL
    import Mail
    import TestSupport
    import Testing

    @testable import Store

    @Suite("What a server knows of its tables", .enabled(if: TestPlace.isOnServer))
    struct AnalysisTests {
        @Test("after an import it knows at once how many people there are")
        func known() async throws {
            let test = try await TestDatabase()
            let people = try (0..<3000).map { number in
                ImportedSubscriber(
                    new: NewSubscriber(
                        address: try Address("reader\(number)@example.org"), state: .active,
                        schedule: DeliverySchedule(timeZone: .utc, minute: 7 * 60), maxPapers: 10,
                        interests: Interests(topics: ["t"]), lastSeq: 0), addressHash: "\(number)", createdAt: nil,
                    confirmedAt: nil)
            }
            let store = test.database.subscribers
            _ = try await store.take(people, policy: .init(source: "test"), at: TestDatabase.start)
            try await store.settle()
            let counted = try await test.database.driver.read { sql in
                try sql.row(
                    "SELECT CAST(reltuples AS BIGINT) AS rows FROM pg_class WHERE oid = 'subscriptions'::regclass")
            }
            #expect(try counted?.number("rows") == 3000)
        }
    }
#endif
