import Foundation
import TestSupport
import Testing

@testable import Store

@Suite("What is stored of mail servers")
struct RelayStoreTests {
    private static let now = TestDatabase.start

    private func relay(_ pipelining: String?, _ reason: String? = nil, limit: Int? = nil) -> RelayStore.Relay {
        .init(
            address: "smtp://relay.example:25", identity: "esmtp | PIPELINING", pipelining: pipelining, reason: reason,
            pipeliningAt: pipelining.map { _ in Self.now }, messageLimit: limit)
    }

    @Test("what was stored comes back, each server's by itself")
    func roundTrip() async throws {
        let test = try await TestDatabase()
        #expect(try await test.database.relays.all(at: Self.now).isEmpty)
        var other = relay("full")
        other.identity = "another"
        try await test.database.relays.store(relay("envelope", "why", limit: 100), at: Self.now)
        try await test.database.relays.store(other, at: Self.now)
        #expect(try await test.database.relays.all(at: Self.now) == [other, relay("envelope", "why", limit: 100)])
    }

    @Test(
        "a relay that cannot take commands sent ahead is not said to by another process that has not met that yet",
        arguments: [
            ("full", "envelope", "envelope"), ("envelope", "full", "envelope"), ("off", "full", "off"),
            ("envelope", "off", "off"), ("off", "envelope", "off"),
        ])
    func worst(before: String, now: String, after: String) async throws {
        let test = try await TestDatabase()
        try await test.database.relays.store(relay(before, before), at: Self.now)
        try await test.database.relays.store(relay(now, now), at: Self.now)
        #expect(try await test.database.relays.all(at: Self.now) == [relay(after, after)])
    }

    @Test("one address or all are forgotten, whatever the servers behind it name themselves")
    func forget() async throws {
        let test = try await TestDatabase()
        var another = relay("envelope", "why")
        another.identity = "another"
        var elsewhere = relay("full", limit: 20)
        elsewhere.address = "smtp://elsewhere.example:25"
        for relay in [relay("off", "why"), another, elsewhere] {
            try await test.database.relays.store(relay, at: Self.now)
        }
        #expect(try await test.database.relays.forget("smtp://unknown.example:25") == 0)
        #expect(try await test.database.relays.forget("smtp://relay.example:25") == 2)
        #expect(try await test.database.relays.all(at: Self.now) == [elsewhere])
        // What is met again is learnt again, the better too.
        try await test.database.relays.store(relay("full"), at: Self.now)
        #expect(try await test.database.relays.all(at: Self.now) == [elsewhere, relay("full")])
        #expect(try await test.database.relays.forget(nil) == 2)
        #expect(try await test.database.relays.all(at: Self.now).isEmpty)
    }

    @Test("a limit and what is known of pipelining do not undo each other, and a limit is forgotten after a week")
    func limits() async throws {
        let test = try await TestDatabase()
        try await test.database.relays.store(relay("envelope", "why"), at: Self.now)
        try await test.database.relays.store(relay(nil, limit: 100), at: Self.now)
        try await test.database.relays.store(relay("envelope", "why"), at: Self.now)
        #expect(try await test.database.relays.all(at: Self.now) == [relay("envelope", "why", limit: 100)])
        let later = Self.now.addingTimeInterval(8 * 86_400)
        #expect(try await test.database.relays.all(at: later) == [relay("envelope", "why")])
    }
}
