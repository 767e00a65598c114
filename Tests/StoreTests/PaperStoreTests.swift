import Foundation
import Papers
import Testing

@testable import Store

@Suite("The store of papers")
struct PaperStoreTests {
    private let now = TestDatabase.start

    @Test("the same entry twice is one paper, and the second time nothing changes")
    func storesOnce() async throws {
        let test = try await TestDatabase()
        let entries = [try entry("2511.00001", "One"), try entry("2511.00002", "Two")]
        let papers = test.database.papers
        let first = try await papers.record(entries, feed: "a", trust: .curator, seenAt: now)
        let second = try await papers.record(entries, feed: "a", trust: .curator, seenAt: now.addingTimeInterval(60))
        #expect(first == RecordedEntries(new: 2, changed: 0, unchanged: 0, passedOver: 0))
        #expect(second == RecordedEntries(new: 0, changed: 0, unchanged: 2, passedOver: 0))
        #expect(try await papers.count() == 2)
        #expect(try await papers.latestSeq() == 2)
    }

    @Test("everything about a paper comes back as it was stored")
    func roundTrip() async throws {
        let test = try await TestDatabase()
        var full = try entry("10.1101/2025.11.01.123456", "Γ-matrices and “quotes”")
        full.authors = [Author("Ada Lovelace", affiliation: "London"), Author("李雷")]
        full.categories = ["q-bio.NC", "cs.LG"]
        full.keywords = ["neurons"]
        full.abstract = "An abstract.\n\nWith two paragraphs."
        full.url = "https://example.org/paper"
        full.pdfURL = "https://example.org/paper.pdf"
        full.codeURL = "https://example.org/code"
        full.organization = "Example"
        full.published = now
        full.upvotes = 7
        full.comments = 2
        full.stars = 40
        _ = try await test.database.papers.record([full], feed: "a", trust: .archive, seenAt: now)
        let stored = try #require(try await test.database.papers.paper(id: full.id))
        #expect(stored.paper == Paper(merging: [Sighting(feed: "a", trust: .archive, seenAt: now, entry: full)]))
        #expect(stored.firstSeenAt == now)
    }

    @Test("a replacement of a paper nobody knows is no news; of a known one it is an update")
    func replacements() async throws {
        let test = try await TestDatabase()
        var replacement = try entry("2511.00001", "New title")
        replacement.announceType = .replace
        let papers = test.database.papers
        #expect(try await papers.record([replacement], feed: "a", trust: .archive, seenAt: now).passedOver == 1)
        #expect(try await papers.count() == 0)
        _ = try await papers.record([entry("2511.00001", "Old title")], feed: "a", trust: .archive, seenAt: now)
        #expect(try await papers.record([replacement], feed: "a", trust: .archive, seenAt: now).changed == 1)
        #expect(try await papers.paper(id: replacement.id)?.paper.title == "New title")
    }

    @Test("a paper that a curator lists days after the archive surfaces once more, and only once")
    func surfacesAgain() async throws {
        let test = try await TestDatabase()
        let papers = test.database.papers
        _ = try await papers.record(
            [entry("2511.00001"), entry("2511.00002")], feed: "arxiv", trust: .archive, seenAt: now)
        #expect(try await papers.surfaced(after: 2, limit: 10).isEmpty)
        _ = try await papers.record([entry("2511.00001")], feed: "hf", trust: .curator, seenAt: now)
        let again = try await papers.surfaced(after: 2, limit: 10)
        #expect(again.map(\.seq) == [1])
        #expect(again.first?.surfacedSeq == 3)
        #expect(again.first?.isCurated == true)
        _ = try await papers.record([entry("2511.00001", "Other")], feed: "hf", trust: .curator, seenAt: now)
        #expect(try await papers.surfaced(after: 3, limit: 10).isEmpty)
    }

    @Test("a transaction that fails leaves nothing behind")
    func allOrNothing() async throws {
        let test = try await TestDatabase()
        await #expect(throws: StoreError.self) {
            try await test.database.driver.write { sql in
                try sql.execute("INSERT INTO counters (name, value) VALUES ($1, $2)", ["a", 1])
                try sql.execute("INSERT INTO counters (name, value) VALUES ($1, $2)", ["a", 2])
            }
        }
        let rows = try await test.database.driver.read { try $0.rows("SELECT * FROM counters WHERE name = 'a'") }
        #expect(rows.isEmpty)
    }
}
