import Foundation
import Mail
import Testing

@testable import Store

@Suite("Addresses that are typed in, in the store")
struct SignupTests {
    private let now = TestDatabase.start

    private func signUp(
        _ email: String, _ interests: Interests = Interests(), in test: TestDatabase, at date: Date = TestDatabase.start
    ) async throws {
        let new = NewSubscriber(
            address: try Address(email), state: .pending, schedule: DeliverySchedule(timeZone: .utc, minute: 420),
            maxPapers: 10, interests: interests, lastSeq: 0)
        try await test.database.subscribers.signUp(
            new,
            policy: SignupPolicy(
                allowances: [MailAllowance(1, per: 3600), MailAllowance(3, per: 86_400)],
                expiresAt: date.addingTimeInterval(86_400)),
            consent: test.consent("subscribed", at: date))
    }

    @Test("are stored with the mail to confirm, or not at all: nobody waits for a mail that was never written")
    func together() async throws {
        let test = try await TestDatabase()
        // The ledger cannot be written, as where a disk is full or the process ends in between.
        _ = try await test.database.driver.write { sql in
            try sql.execute("ALTER TABLE deliveries RENAME TO deliveries_gone")
        }
        await #expect(throws: StoreError.self) { try await signUp("ada@example.org", in: test) }
        _ = try await test.database.driver.write { sql in
            try sql.execute("ALTER TABLE deliveries_gone RENAME TO deliveries")
        }
        #expect(try await test.database.subscribers.list().isEmpty)
        #expect(try await test.database.subscribers.consent(addressHash: "hash").isEmpty)
        try await signUp("ada@example.org", in: test)
        let ada = try #require(try await test.database.subscribers.list().first)
        #expect(try await test.database.ledger.history(of: ada.id, limit: 5).map(\.kind) == [.confirm])
        #expect(try await test.database.subscribers.consent(addressHash: "hash").map(\.event) == ["subscribed"])
    }

    @Test("of a reader are answered with what is new of what was asked for, which is added once")
    func addition() async throws {
        let test = try await TestDatabase()
        let had = Interests(topics: ["vision"], filters: ["cat:cs.CV"])
        let reader = try await test.subscriber("ada@example.org", interests: had)
        let store = test.database.subscribers
        try await signUp("Ada@Example.org", had, in: test)
        let asked = Interests(topics: ["vision", "agents"], filters: ["title:arm"])
        try await signUp("ada@example.org", asked, in: test, at: now.addingTimeInterval(4000))
        let mails = try await test.database.ledger.history(of: reader.id, limit: 5)
        #expect(mails.map(\.kind) == [.addition, .reminder])
        #expect(try await store.subscriber(id: reader.id)?.interests == had)

        let slot = try #require(mails.first?.slot)
        let new = Interests(topics: ["agents"], filters: ["title:arm"])
        #expect(try await store.addition(of: reader.id, slot: slot) == new)
        #expect(try await store.addition(of: reader.id, slot: try #require(mails.last?.slot)) == nil)
        func add(epoch: Int64, mostFilters: Int = 50) async throws -> Bool {
            try await store.add(
                additionOf: reader.id, slot: slot, epoch: epoch, mostFilters: mostFilters,
                consent: test.consent("changed"))
        }
        #expect(try await !add(epoch: reader.tokenEpoch ^ 1))
        #expect(try await !add(epoch: reader.tokenEpoch, mostFilters: 1))
        #expect(try await store.subscriber(id: reader.id)?.interests == had)
        for _ in 1...2 {
            #expect(try await add(epoch: reader.tokenEpoch))
            let both = Interests(topics: ["vision", "agents"], filters: ["cat:cs.CV", "title:arm"])
            #expect(try await store.subscriber(id: reader.id)?.interests == both)
        }
        #expect(try await store.consent(addressHash: "hash").filter { $0.event == "changed" }.count == 1)

        try await store.forgetAdditions(writtenBefore: now.addingTimeInterval(4000))
        #expect(try await store.addition(of: reader.id, slot: slot) == new)
        try await store.forgetAdditions(writtenBefore: now.addingTimeInterval(4001))
        #expect(try await store.addition(of: reader.id, slot: slot) == nil)
    }

    @Test("why readers left is counted by reason, since a moment")
    func reasons() async throws {
        let test = try await TestDatabase()
        for (number, choice) in ["too many", "too many", "", "other"].enumerated() {
            let reader = try await test.subscriber("reader\(number)@example.org")
            _ = try await test.database.subscribers.move(
                id: reader.id, from: [.active], to: .unsubscribed, consent: test.consent("unsubscribed"))
            _ = try await test.database.subscribers.setReason(
                LeavingReason(choice: choice, words: "w", at: now.addingTimeInterval(Double(number))), of: reader.id)
        }
        #expect(
            try await test.database.subscribers.reasonCounts(since: now) == ["too many": 2, "": 1, "other": 1])
        #expect(try await test.database.subscribers.reasonCounts(since: now.addingTimeInterval(2)).count == 2)
    }
}
