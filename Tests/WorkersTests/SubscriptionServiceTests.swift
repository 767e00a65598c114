import Foundation
import Mail
import Site
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("The subscription desk")
struct SubscriptionServiceTests {
    private func token(_ subscriber: Subscriber, _ purpose: TokenPurpose, in test: TestInstallation) -> String {
        Token(
            purpose: purpose, subscriberID: subscriber.id, epoch: subscriber.tokenEpoch,
            madeOn: Links.day(of: test.clock.now)
        ).text(
            key: test.installation.key)
    }

    private func kinds(of address: String, in test: TestInstallation) async throws -> [DeliveryKind] {
        try await test.installation.database.ledger.history(of: try await test.subscriber(address).id, limit: 50)
            .map(\.kind).reversed()
    }

    @Test("an address that is typed in is pending and is asked to confirm; confirming makes it active and due")
    func confirms() async throws {
        let test = try await TestInstallation()
        let address = try Address("ada@example.org")
        try await test.desk.subscribe(address, interests: Interests(topics: ["diffusion"]), source: "web")
        let pending = try await test.subscriber("ada@example.org")
        #expect(pending.state == .pending)
        #expect(pending.nextDigestAt == nil)
        let active = try await test.desk.confirm(token: token(pending, .confirm, in: test), source: "web").subscriber
        #expect(active.state == .active)
        #expect(active.nextDigestAt != nil)
        #expect(active.interests.topics == ["diffusion"])
        _ = try await test.desk.confirm(token: token(pending, .confirm, in: test), source: "web")
        #expect(try await kinds(of: "ada@example.org", in: test) == [.confirm, .welcome])
    }

    @Test(
        "whoever types an address that is subscribed changes nothing; its owner is asked about what is new, or sent the links"
    )
    func knownAddress() async throws {
        let test = try await TestInstallation()
        let address = try Address("ada@example.org")
        _ = try await test.desk.add(address, interests: Interests(topics: ["diffusion"]), source: "test")
        try await test.desk.subscribe(address, interests: Interests(topics: ["robots"]), source: "web")
        #expect(try await test.subscriber("ada@example.org").interests.topics == ["diffusion"])
        #expect(try await kinds(of: "ada@example.org", in: test) == [.addition])
        test.clock.advance(by: 3600)
        try await test.desk.subscribe(address, interests: Interests(topics: ["diffusion"]), source: "web")
        #expect(try await kinds(of: "ada@example.org", in: test) == [.addition, .reminder])
    }

    @Test("one address is sent at most one such mail an hour and three a day, whoever asks")
    func bombing() async throws {
        let test = try await TestInstallation()
        let address = try Address("victim@example.org")
        for _ in 0..<100 {
            for _ in 0..<5 { try await test.desk.subscribe(address, interests: Interests(), source: "web") }
            test.clock.advance(by: 600)  // 100 × 10 min: nearly 17 hours
        }
        #expect(try await kinds(of: "victim@example.org", in: test).count == 3)
    }

    @Test("many who type the same address at once cause one mail")
    func race() async throws {
        let test = try await TestInstallation()
        let address = try Address("victim@example.org")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask { try await test.desk.subscribe(address, interests: Interests(), source: "web") }
            }
            try await group.waitForAll()
        }
        #expect(try await kinds(of: "victim@example.org", in: test).count == 1)
    }

    @Test("unsubscribing works twice, and a new confirmation brings the person back")
    func leavesAndReturns() async throws {
        let test = try await TestInstallation()
        let address = try Address("ada@example.org")
        let reader = try #require(try await test.desk.add(address, interests: Interests(), source: "test"))
        for _ in 1...2 {
            let left = try await test.desk.unsubscribe(
                token: token(reader, .unsubscribe, in: test), source: "one-click"
            ).subscriber
            #expect(left.state == .unsubscribed)
        }
        try await test.desk.subscribe(address, interests: Interests(topics: ["robots"]), source: "web")
        #expect(try await test.subscriber("ada@example.org").state == .unsubscribed)
        let back = try await test.desk.confirm(token: token(reader, .confirm, in: test), source: "web").subscriber
        #expect(back.state == .active)
        #expect(back.interests.topics == ["robots"])
    }

    @Test("a suppressed address gets no mail, and no operator can add it by accident")
    func suppressed() async throws {
        let test = try await TestInstallation()
        let address = try Address("ada@example.org")
        try await test.installation.database.suppressions.add(
            addressHash: test.installation.key.addressHash(address.key), reason: "complaint", at: test.clock.now)
        try await test.desk.subscribe(address, interests: Interests(), source: "web")
        #expect(try await test.installation.database.subscribers.subscriber(address: address) == nil)
        await #expect(throws: ServiceRefusal.self) {
            try await test.desk.add(address, interests: Interests(), source: "test")
        }
    }

    @Test("a link is void once the subscriber's epoch is another, and once the person is gone")
    func voidLinks() async throws {
        let test = try await TestInstallation()
        let reader = try #require(
            try await test.desk.add(try Address("ada@example.org"), interests: Interests(), source: "test"))
        let old = Token(purpose: .unsubscribe, subscriberID: reader.id, epoch: reader.tokenEpoch ^ 1)
            .text(key: test.installation.key)
        await #expect(throws: Token.Refusal.forged) { try await test.desk.unsubscribe(token: old, source: "web") }
        _ = try await test.desk.remove(reader, source: "test")
        let link = token(reader, .unsubscribe, in: test)
        await #expect(throws: Token.Refusal.forged) { try await test.desk.unsubscribe(token: link, source: "web") }
    }
}
