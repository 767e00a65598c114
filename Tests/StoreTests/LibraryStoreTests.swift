import Foundation
import Papers
import Testing

@testable import Store

@Suite("Readers' own libraries")
struct LibraryStoreTests {
    private func shelf(_ titles: [String], year: Int? = nil) -> [LibraryEntry] {
        titles.map { LibraryEntry(title: $0, year: year) }
    }

    @Test("entries that name a stored paper by identifier, or by title and first author, are that paper")
    func matches() async throws {
        let test = try await TestDatabase()
        let ada = try await test.subscriber("ada@example.org")
        var titled = try entry("2611.00002", "A paper with a rather long title")
        titled.authors = [Author("Ada Lovelace")]
        var named = try entry("2611.00001", "One")
        named.doi = "10.1000/one"
        _ = try await test.database.papers.record(
            [named, titled], feed: "hf", trust: .curator, seenAt: TestDatabase.start)
        let store = test.database.libraries
        let counts = try await store.add(
            [
                LibraryEntry(title: "Other words", ids: [try #require(PaperID(parsing: "10.1000/ONE"))]),
                LibraryEntry(title: "A Paper with a Rather Long Title", authors: [Author("A. Lovelace")], year: 2026),
                LibraryEntry(title: "A paper with a rather long title", authors: [Author("Alan Turing")], year: 1950),
                LibraryEntry(ids: [try #require(PaperID(parsing: "arXiv:2611.00099"))]),
            ], to: ada.id, at: TestDatabase.start)
        #expect(counts == ShelvedCounts(added: 4, known: 0, papers: 2, leftOut: 0))
        #expect(try await store.size(of: ada.id) == LibrarySize(entries: 4, papers: 2))
        // The latest published first; what has no year was written before the others.
        let entries = try await store.entries(of: ada.id, limit: 10)
        #expect(entries.map(\.paperSeq) == [2, nil, 1, nil])
        #expect(entries.first?.entry.authors.map(\.name) == ["A. Lovelace"])
        // An identifier alone says nothing, until feeds bring its paper.
        #expect(try await store.weighing(of: [ada.id, 99])[ada.id]?.count == 3)

        _ = try await test.database.papers.record(
            [try entry("2611.00099", "Came later")], feed: "hf", trust: .curator, seenAt: TestDatabase.start)
        let later = TestDatabase.start.addingTimeInterval(60)
        #expect(try await store.match(lookedBefore: TestDatabase.start, at: later, limit: 10) == (0, 0))
        #expect(try await store.match(lookedBefore: later, at: later, limit: 10) == (2, 1))
        #expect(try await store.match(lookedBefore: later, at: later, limit: 10) == (0, 0))
        #expect(try await store.weighing(of: [ada.id])[ada.id]?.count == 4)
    }

    @Test("what is brought again is not added again, whatever names it")
    func doubles() async throws {
        let test = try await TestDatabase()
        let (ada, bob) = (
            try await test.subscriber("ada@example.org"), try await test.subscriber("bob@example.org")
        )
        let store = test.database.libraries
        let id = try #require(PaperID(parsing: "1706.03762"))
        let doi = try #require(PaperID(parsing: "10.1000/x"))
        let first = [
            LibraryEntry(title: "Attention", year: 2017, ids: [id]), LibraryEntry(title: "Deep learning", year: 2015),
        ]
        #expect(try await store.add(first, to: ada.id, at: TestDatabase.start).added == 2)
        #expect(try await store.add(first, to: ada.id, at: TestDatabase.start) == ShelvedCounts(known: 2))
        let again = [
            LibraryEntry(title: "Attention!", ids: [id, doi]), LibraryEntry(ids: [doi]),
            LibraryEntry(title: "DEEP  Learning", year: 2015), LibraryEntry(title: "Deep learning", year: 2016),
        ]
        #expect(try await store.add(again, to: ada.id, at: TestDatabase.start) == ShelvedCounts(added: 1, known: 3))
        // Another's library is another's.
        #expect(try await store.add(first, to: bob.id, at: TestDatabase.start).added == 2)
        #expect(try await store.add(shelf(["New"]), replacing: true, to: ada.id, at: TestDatabase.start).added == 1)
        #expect(try await store.entries(of: ada.id, limit: 10).map(\.entry.title) == ["New"])
        #expect(try await store.size(of: bob.id).entries == 2)
    }

    @Test("a library has so many entries and no more, and the newest of them weigh")
    func bounds() async throws {
        let test = try await TestDatabase()
        let ada = try await test.subscriber("ada@example.org")
        let store = test.database.libraries
        let many = shelf((1...LibraryStore.mostWeighing + 20).map { "Paper \($0)" })
        #expect(
            try await store.add(many, to: ada.id, at: TestDatabase.start, mostPerReader: 210)
                == ShelvedCounts(added: 210, leftOut: 10))
        let newest = try await store.entries(of: ada.id, limit: 300)
        #expect(newest.count == 210)
        #expect(newest.first?.entry.title == "Paper 1")
        #expect(
            try await store.weighing(of: [ada.id])[ada.id]?.map(\.id)
                == newest.prefix(LibraryStore.mostWeighing).map(\.id))
        let page = try await store.entries(of: ada.id, before: newest[9].id, limit: 2)
        #expect(page.map(\.id) == newest[10...11].map(\.id))
        #expect(try await store.remove(newest.prefix(5).map(\.id), of: ada.id) == 5)
        #expect(
            try await store.weighing(of: [ada.id])[ada.id]?.map(\.id)
                == newest[5...].prefix(LibraryStore.mostWeighing).map(\.id))
        #expect(try await store.remove(newest.map(\.id), of: 77) == 0)
        #expect(try await store.remove(nil, of: ada.id) == 205)
    }

    @Test("who is deleted leaves no library behind")
    func erased() async throws {
        let test = try await TestDatabase()
        let ada = try await test.subscriber("ada@example.org")
        let store = test.database.libraries
        _ = try await store.add(shelf(["One", "Two"]), to: ada.id, at: TestDatabase.start)
        #expect(try await test.database.contents().contains { $0.hasPrefix("library_entries:") })
        #expect(try await test.database.subscribers.remove(id: ada.id, consent: test.consent("removed")))
        #expect(try await !test.database.contents().contains { $0.hasPrefix("library_entries:") })
    }
}
