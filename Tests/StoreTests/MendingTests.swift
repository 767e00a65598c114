import Foundation
import Testing

@testable import Store

@Suite("What operators look through")
struct MendingTests {
    private let day: TimeInterval = 86_400

    @Test("the newest mails in a state come page by page")
    func newest() async throws {
        let test = try await TestDatabase()
        for number in 1...5 {
            let reader = try await test.subscriber(
                "reader\(number)@example.org", at: TestDatabase.start.addingTimeInterval(-day))
            _ = try await test.digest(for: reader, slot: "a", seqs: [1], at: TestDatabase.start)
        }
        let ledger = test.database.ledger
        let first = try await ledger.newest(in: .pending, limit: 3)
        #expect(first.map(\.address) == [5, 4, 3].map { "reader\($0)@example.org" })
        let second = try await ledger.newest(in: .pending, before: try #require(first.last).id, limit: 3)
        #expect(second.map(\.address) == [2, 1].map { "reader\($0)@example.org" })
        #expect(try await ledger.newest(in: .failed, limit: 3).isEmpty)
        #expect(try await ledger.newest(in: .pending, limit: 9, reach: 2).count == 2)
    }
}
