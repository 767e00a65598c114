import Foundation
import Papers
import TestSupport
import Testing

@testable import Store

@Suite("One paper is one row, however its sightings arrive")
struct SightingLinkTests {
    private static let title = "A long enough title about linking sightings"

    private static func entry(
        _ id: String, _ title: String = title, doi: String? = nil, author: String? = nil, upvotes: Int? = nil
    ) throws -> Entry {
        var entry = try StoreTests.entry(id, title)
        entry.doi = doi
        entry.upvotes = upvotes
        entry.authors = author.map { [Author($0)] } ?? []
        return entry
    }

    private static func sighting(_ feed: String, _ trust: SourceTrust, day: Int, _ entry: Entry) -> Sighting {
        Sighting(
            feed: feed, trust: trust, seenAt: TestDatabase.start.addingTimeInterval(Double(day) * 86_400), entry: entry)
    }

    /// Feeds of several days that speak of two papers: one by arXiv id, by journal DOI and by address, one with an equal
    /// title and another arXiv id.
    private static func sightings() throws -> [Sighting] {
        [
            sighting("arxiv", .archive, day: 0, try entry("2511.00001", author: "Ada Lovelace")),
            sighting("hf", .curator, day: 1, try entry("2511.00001", "A spoilt title", upvotes: 3)),
            sighting("hf", .curator, day: 2, try entry("2511.00001", "A spoilt title", upvotes: 30)),
            sighting("journal", .archive, day: 3, try entry("10.1000/x", "The journal’s title")),
            sighting("crossref", .archive, day: 3, try entry("2511.00001", "The journal’s title", doi: "10.1000/x")),
            sighting("blog", .other, day: 4, try entry("https://example.org/x", author: "A. Lovelace")),
            sighting("other", .other, day: 4, try entry("2511.99999", "Another paper about something else entirely")),
        ]
    }

    /// What a reader can tell of the store: the visible papers and which sightings each holds.
    private func picture(_ arrivals: [Sighting]) async throws -> Set<String> {
        let test = try await TestDatabase()
        for sighting in arrivals {
            _ = try await test.database.papers.record(
                [sighting.entry], feed: sighting.feed, trust: sighting.trust, seenAt: sighting.seenAt)
        }
        let papers = try await test.database.papers.newest(limit: 100)
        #expect(try await test.database.papers.count() == papers.count)
        var picture: Set<String> = []
        for paper in papers {
            let feeds = try await test.database.papers.sightings(of: paper.seq).map { "\($0.feed) \($0.entry.id)" }
            picture.insert("\(paper.paper) \(paper.firstSeenAt) \(feeds.sorted())")
        }
        return picture
    }

    /// The permutation of a number in the factorial system.
    private static func permutation(_ number: Int, of sightings: [Sighting]) -> [Sighting] {
        var (rest, left, order) = (number, sightings, [Sighting]())
        while !left.isEmpty {
            order.append(left.remove(at: rest % left.count))
            rest /= left.count + 1
        }
        return order
    }

    @Test("every one of 300 orders of arrival gives the same rows, and those are what the groups of the set say")
    func permutations() async throws {
        let sightings = try Self.sightings()
        let expected = try await picture(sightings)
        #expect(expected.count == 2)
        // A database of its own for each takes longer on a server.
        for number in 0..<(TestPlace.isOnServer ? 30 : 300) {
            let order = Self.permutation((TestPlace.isOnServer ? 167 : 17) * number, of: sightings)
            #expect(try await picture(order) == expected, "\(order.map { "\($0.feed) \($0.seenAt)" })")
        }
    }

    @Test("the newest counts win, also where the older ones arrive later")
    func newestCounts() async throws {
        let test = try await TestDatabase()
        for sighting in try Self.sightings().reversed() {
            _ = try await test.database.papers.record(
                [sighting.entry], feed: sighting.feed, trust: sighting.trust, seenAt: sighting.seenAt)
        }
        let id = try #require(PaperID(parsing: "2511.00001"))
        #expect(try await test.database.papers.paper(id: id)?.paper.upvotes == 30)
    }

    @Test("a preprint and its journal’s DOI become one paper once a feed says so, found by either")
    func preprintAndJournal() async throws {
        let test = try await TestDatabase()
        let papers = test.database.papers
        let now = TestDatabase.start
        _ = try await papers.record([Self.entry("10.1000/x", "Journal")], feed: "j", trust: .archive, seenAt: now)
        _ = try await papers.record([Self.entry("2511.00001", "Preprint")], feed: "a", trust: .archive, seenAt: now)
        #expect(try await papers.count() == 2)
        let linked = try Self.entry("2511.00001", "Preprint", doi: "10.1000/x")
        _ = try await papers.record([linked], feed: "a", trust: .archive, seenAt: now.addingTimeInterval(60))
        #expect(try await papers.count() == 1)
        let preprint = try await papers.paper(id: #require(PaperID(parsing: "2511.00001")))
        let journal = try await papers.paper(id: #require(PaperID(parsing: "10.1000/x")))
        #expect(preprint != nil && preprint == journal)
        #expect(preprint?.seq == 1)
        // Digests that were written under the other number show the one paper.
        #expect(try await papers.papers(seqs: [2]).map(\.paper.id.key) == ["arxiv:2511.00001"])
    }

    @Test("two arXiv ids with one title and author stay two papers")
    func sameTitleTwice() async throws {
        let test = try await TestDatabase()
        for id in ["2511.00001", "2511.00002"] {
            _ = try await test.database.papers.record(
                [Self.entry(id, author: "Ada Lovelace")], feed: "a", trust: .archive, seenAt: TestDatabase.start)
        }
        #expect(try await test.database.papers.count() == 2)
    }

    @Test("a replacement with the title of another paper is still no news")
    func replacementBesideTwin() async throws {
        let test = try await TestDatabase()
        let papers = test.database.papers
        _ = try await papers.record(
            [Self.entry("2511.00001", author: "Ada Lovelace")], feed: "a", trust: .archive, seenAt: TestDatabase.start)
        var replacement = try Self.entry("2411.00002", author: "Ada Lovelace")
        replacement.announceType = .replace
        let counts = try await papers.record([replacement], feed: "a", trust: .archive, seenAt: TestDatabase.start)
        #expect(counts.passedOver == 1)
        #expect(try await papers.newest(limit: 9).map(\.paper.id.key) == ["arxiv:2511.00001"])
    }

    @Test("who had a paper under a number that was merged has had the paper")
    func hadMerged() async throws {
        let test = try await TestDatabase()
        let papers = test.database.papers
        let now = TestDatabase.start
        _ = try await papers.record([Self.entry("2511.00001", "Preprint")], feed: "a", trust: .archive, seenAt: now)
        _ = try await papers.record([Self.entry("10.1000/x", "Journal")], feed: "j", trust: .archive, seenAt: now)
        let ada = try await test.subscriber("ada@example.org", at: now.addingTimeInterval(-86_400))
        #expect(try await test.digest(for: ada, slot: "2025-11-20", seqs: [2], at: now) == 1)
        _ = try await papers.record(
            [Self.entry("2511.00001", "Preprint", doi: "10.1000/x")], feed: "a", trust: .archive, seenAt: now)
        let had = try await test.database.ledger.papers(sentTo: [ada.id], since: now.addingTimeInterval(-60))
        #expect(had[ada.id] == [1, 2])
    }
}
