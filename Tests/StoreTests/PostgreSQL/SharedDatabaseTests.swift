#if PostgreSQL
    import Foundation
    import TestSupport
    import Testing

    @testable import Store

    @Suite("A database that several processes share", .enabled(if: TestPlace.isOnServer))
    struct SharedDatabaseTests {
        private let now = TestDatabase.start

        @Test("many senders in many processes claim each mail once, and never more than they asked for")
        func claims() async throws {
            let test = try await TestDatabase()
            for number in 0..<200 {
                let reader = try await test.subscriber(
                    "reader\(number)@example.org", at: now.addingTimeInterval(-86_400))
                _ = try await test.digest(for: reader, slot: "2025-11-20", seqs: [1], at: now)
            }
            let now = now
            let claimed = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for process in 0..<4 {
                    let ledger = try Database(url: test.place.url).ledger
                    for lane in 0..<2 {
                        group.addTask {
                            var ids: [Int64] = []
                            let name = "sender \(process) \(lane)"
                            while case let batch = try await ledger.claim(limit: 7, by: name, at: now, lease: 300),
                                !batch.isEmpty
                            {
                                #expect(batch.count <= 7)
                                ids += batch.map(\.id)
                                try await ledger.record(
                                    batch.map {
                                        DeliveryResult(id: $0.id, state: .sent, reply: "250", messageID: nil, at: now)
                                    }, by: name, score: BounceScore(limit: 5))
                            }
                            return ids
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claimed.count == 200)
            #expect(Set(claimed).count == 200)
            #expect(try await test.database.ledger.backlog() == [.sent: 200])
        }

        @Test("a place is one process's until it gives it up, or its connection ends")
        func places() async throws {
            let test = try await TestDatabase()
            let other = try Database(url: test.place.url)
            let held = try #require(try await test.database.take("ingest"))
            #expect(try await other.take("ingest") == nil)
            #expect(try await other.take("schedule") != nil)
            #expect(await held.isHeld())
            try test.place.breakConnections()
            #expect(await !held.isHeld())
            let second = try #require(try await other.take("ingest"))
            #expect(try await test.database.take("ingest") == nil)
            await second.giveUp()
            #expect(try await test.database.take("ingest") != nil)
        }
    }
#endif
