import Core
import Foundation
import Mail
import Testing

@testable import Store

@Suite("The store of subscribers")
struct SubscriberStoreTests {
    private let now = TestDatabase.start

    @Test("an address in another spelling is the same subscriber")
    func normalisedAddresses() async throws {
        let test = try await TestDatabase()
        let first = try await test.subscriber("Ada@Example.ORG")
        #expect(first.address.description == "Ada@Example.ORG")
        let again = NewSubscriber(
            address: try Address("ada@example.org"), state: .active, schedule: first.schedule, maxPapers: 5, lastSeq: 0)
        #expect(try await test.database.subscribers.add(again, consent: test.consent("subscribed")) == nil)
        #expect(try await test.database.subscribers.subscriber(address: Address("ADA@example.org"))?.id == first.id)
    }

    @Test("topics, filters and schedule come back as they were stored")
    func interests() async throws {
        let test = try await TestDatabase()
        let interests = Interests(topics: ["vision", "agents"], filters: ["title:\"state space\"", "cat:cs.CV"])
        var subscriber = try await test.subscriber("ada@example.org", interests: interests)
        #expect(subscriber.interests == interests)
        subscriber.interests = Interests(topics: ["agents"], filters: [])
        subscriber.schedule = DeliverySchedule(
            timeZone: CivilZone(stored: "Asia/Kathmandu"), minute: 345, cadence: .weekly, weekday: 3)
        subscriber.maxPapers = 3
        try await test.database.subscribers.update(subscriber, consent: test.consent("changed"))
        let stored = try #require(try await test.database.subscribers.subscriber(id: subscriber.id))
        #expect(stored.interests == subscriber.interests)
        #expect(stored.schedule == subscriber.schedule)
        #expect(stored.maxPapers == 3)
        #expect(stored.nextDigestAt == subscriber.schedule.next(after: now))
    }

    @Test("a state is left only from the states that are named, and each step is in the consent log")
    func moves() async throws {
        let test = try await TestDatabase()
        let subscriber = try await test.subscriber("ada@example.org")
        let store = test.database.subscribers
        #expect(
            try await store.move(id: subscriber.id, from: [.paused], to: .active, consent: test.consent("resumed"))
                == nil)
        let paused = try await store.move(
            id: subscriber.id, from: [.active], to: .paused, consent: test.consent("paused"))
        #expect(paused?.state == .paused)
        #expect(paused?.nextDigestAt == nil)
        #expect(try await store.consent(addressHash: "hash").map(\.event) == ["subscribed", "paused"])
    }

    @Test("removing somebody removes topics and deliveries too")
    func removes() async throws {
        let test = try await TestDatabase()
        let subscriber = try await test.subscriber("ada@example.org", interests: Interests(topics: ["vision"]))
        _ = try await test.digest(for: subscriber, slot: "2025-11-20", seqs: [1], at: now)
        #expect(try await test.database.subscribers.remove(id: subscriber.id, consent: test.consent("removed")))
        for table in ["subscribers", "subscriptions", "deliveries"] {
            let rows = try await test.database.driver.read { try $0.rows("SELECT 1 AS one FROM \(table)") }
            #expect(rows.isEmpty, "\(table) still has rows")
        }
    }
}
