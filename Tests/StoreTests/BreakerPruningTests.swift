import Foundation
import Testing

@testable import Store

@Suite("What is kept of those who refused everybody")
struct BreakerPruningTests {
    private let now = TestDatabase.start
    private let day: TimeInterval = 86_400

    private func names(_ test: TestDatabase, _ column: String, of table: String) async throws -> [String] {
        try await test.database.driver.read { sql in
            try sql.rows("SELECT \(column) FROM \(table) ORDER BY \(column)").map { try $0.need(column) }
        }
    }

    @Test("goes a month after it was over; what goes on stays, however old it is")
    func over() async throws {
        let test = try await TestDatabase()
        let breakers = test.database.breakers
        for name in ["goes-on.example", "over.example", "over-lately.example"] {
            try await breakers.note(.domain, name, .policy, said: "550 no", holds: true, at: now)
        }
        for breaker in try await breakers.open(at: now) where breaker.name != "goes-on.example" {
            let days = breaker.name == "over.example" ? 1.0 : 2
            try await breakers.close(breaker, at: now.addingTimeInterval(days * day))
        }
        #expect(try await breakers.prune(at: now.addingTimeInterval(31 * day)) == 0)
        #expect(try await breakers.prune(at: now.addingTimeInterval(31 * day + 1)) == 1)
        #expect(try await names(test, "name", of: "breakers") == ["goes-on.example", "over-lately.example"])
        #expect(try await breakers.prune(at: now.addingTimeInterval(400 * day)) == 1)
        #expect(try await names(test, "name", of: "breakers") == ["goes-on.example"])
    }

    @Test("sizes go when they count no longer, and not before")
    func sizes() async throws {
        let test = try await TestDatabase()
        let breakers = test.database.breakers
        try await breakers.learn("domain old.example", atMost: 20_000, at: now)
        try await breakers.learn("domain new.example", atMost: 20_000, at: now.addingTimeInterval(day))
        for late in [0.0, 1] {
            let time = now.addingTimeInterval(30 * day + late)
            let count = try await breakers.sizes(at: time).count
            try await breakers.prune(at: time)
            #expect(try await breakers.sizes(at: time).count == count)
            #expect(try await names(test, "party", of: "message_limits").count == count)
        }
        #expect(try await names(test, "party", of: "message_limits") == ["domain new.example"])
    }
}
