import Filters
import Foundation
import Mail
import Testing

@testable import Store

@Suite("Authors in the store")
struct FollowedAuthorTests {
    @Test("are kept as they were typed, found by one filter whoever follows, and gone with the last who does")
    func lifeCycle() async throws {
        let test = try await TestDatabase()
        let store = test.database.savedFilters
        let (ada, same) = (try AuthorName("Ada Lovelace"), try AuthorName("Lovelace, Ada"))
        // Who follows and asks by the same filter reads by it once.
        let both = Interests(
            topics: ["t"], filters: [ada.filter, "enzyme"], authors: [ada, try AuthorName("Émilie Breton")])
        let first = try await test.subscriber("a@example.org", interests: both)
        let second = try await test.subscriber("b@example.org", interests: Interests(authors: [same]))
        #expect(first.interests == both)
        #expect(second.interests.authors.map(\.text) == ["Lovelace, Ada"] && second.interests.isEmpty)
        let start = try await store.changes(after: 0)
        #expect(start.added.map(\.text) == ["author:\"ada lovelace\"", "author:\"emilie breton\"", "enzyme"])

        var changed = first
        changed.interests.authors = []
        try await test.database.subscribers.update(changed, consent: test.consent("changed"))
        let fewer = try await store.changes(after: start.upTo)
        #expect(fewer.removed == start.added.filter { $0.text.contains("breton") }.map(\.number))
        changed.interests.filters = []
        try await test.database.subscribers.update(changed, consent: test.consent("changed"))
        let enzyme = try await store.changes(after: fewer.upTo)
        #expect(enzyme.removed == start.added.filter { $0.text == "enzyme" }.map(\.number))
        _ = try await test.database.subscribers.remove(id: second.id, consent: test.consent("removed"))
        let last = try await store.changes(after: enzyme.upTo)
        #expect(last.removed == start.added.filter { $0.text.contains("lovelace") }.map(\.number))
    }
}
