import Core
import Foundation
import Mail
import Testing

@testable import Store

@Suite("The filters that anybody reads by")
struct SavedFilterTests {
    private func texts(_ changes: SavedFilterStore.Changes) -> [String] { changes.added.map(\.text) }

    @Test("a text is told of once, however many read by it, and its removal only when the last has left")
    func readers() async throws {
        let test = try await TestDatabase()
        let store = test.database.savedFilters
        let ada = try await test.subscriber("ada@example.org", interests: Interests(filters: ["protein", "enzyme"]))
        let grace = try await test.subscriber("grace@example.org", interests: Interests(filters: ["protein"]))
        let first = try await store.changes(after: 0)
        #expect(texts(first) == ["enzyme", "protein"])
        #expect(first.removed.isEmpty && first.isLast)

        _ = try await test.database.subscribers.remove(id: ada.id, consent: test.consent("removed"))
        let second = try await store.changes(after: first.upTo)
        #expect(second.added.isEmpty)
        #expect(second.removed == first.added.filter { $0.text == "enzyme" }.map(\.number))

        var changed = grace
        changed.interests.filters = ["enzyme"]
        try await test.database.subscribers.update(changed, consent: test.consent("changed"))
        let third = try await store.changes(after: second.upTo)
        #expect(texts(third) == ["enzyme"])
        #expect(third.removed == first.added.filter { $0.text == "protein" }.map(\.number))
        #expect(
            try await store.changes(after: third.upTo) == .init(removed: [], added: [], upTo: third.upTo, isLast: true))
        // Who comes late learns only of what is there.
        #expect(texts(try await store.changes(after: 0)) == ["enzyme"])
    }

    @Test("of a list that is imported each person is a reader of theirs")
    func imported() async throws {
        let test = try await TestDatabase()
        let people = try ["a", "b", "c", "a"].map { name in
            ImportedSubscriber(
                new: NewSubscriber(
                    address: try Address("\(name)@example.org"), state: .active,
                    schedule: DeliverySchedule(timeZone: .utc, minute: 7 * 60), maxPapers: 10,
                    interests: Interests(topics: ["t"], filters: name == "c" ? ["zeolite"] : ["protein", "enzyme"]),
                    lastSeq: 0, language: .german), addressHash: "a\(name)", createdAt: nil, confirmedAt: nil)
        }
        let outcomes = try await test.database.subscribers.take(
            people, policy: SubscriberStore.ImportPolicy(source: "test"), at: TestDatabase.start)
        #expect(outcomes == [.added, .added, .added, .known])
        let stored = try await test.database.subscribers.list()
        #expect(stored.map(\.interests) == people.prefix(3).map(\.new.interests))
        #expect(stored.allSatisfy { $0.language == .german })
        let first = try await test.database.savedFilters.changes(after: 0)
        #expect(texts(first) == ["enzyme", "protein", "zeolite"])
        for reader in stored.prefix(2) {
            #expect(try await test.database.savedFilters.changes(after: first.upTo).removed.isEmpty)
            _ = try await test.database.subscribers.remove(id: reader.id, consent: test.consent("removed"))
        }
        #expect(try await test.database.savedFilters.changes(after: first.upTo).removed.count == 2)
    }

    @Test("what is saved unchanged is no change")
    func unchanged() async throws {
        let test = try await TestDatabase()
        let ada = try await test.subscriber(
            "ada@example.org", interests: Interests(topics: ["a"], filters: ["protein"]))
        let before = try await test.database.savedFilters.changes(after: 0)
        try await test.database.subscribers.update(ada, consent: test.consent("changed"))
        #expect(try await test.database.savedFilters.changes(after: before.upTo).added.isEmpty)
    }

    @Test("a long list comes in parts, without a gap and without a repetition")
    func parts() async throws {
        let test = try await TestDatabase()
        for number in 0..<7 {
            _ = try await test.subscriber(
                "reader\(number)@example.org", interests: Interests(filters: ["word\(number)", "both\(number)"]))
        }
        var upTo: Int64 = 0
        var found: [String] = []
        var parts = 0
        while true {
            let changes = try await test.database.savedFilters.changes(after: upTo, limit: 3)
            found += texts(changes)
            upTo = changes.upTo
            parts += 1
            if changes.isLast { break }
        }
        #expect(found.sorted() == (0..<7).flatMap { ["both\($0)", "word\($0)"] }.sorted())
        #expect(parts == 5)
    }
}
