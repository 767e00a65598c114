import Filters
import Papers
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("The search")
struct SearchIndexTests {
    private func titles(
        _ test: TestInstallation, _ typed: String, from place: SearchIndex.Place = .best(0), size: Int = 10
    ) async throws -> [String] {
        let index = SearchIndex(test.installation)
        return try await index.search(try SearchWording(typed), from: place, size: size).papers.map(\.paper.title)
    }

    @Test("puts what answers best first, and the newest first where that is asked for")
    func order() async throws {
        let test = try await TestInstallation()
        try await test.store([
            "Diffusion transformers", "On transformers and why diffusion is slow", "Transformers with diffusion inside",
            "A protein",
        ])
        #expect(try await titles(test, "diffusion transformers").first == "Diffusion transformers")
        #expect(
            try await titles(test, "diffusion transformers", from: .newest) == [
                "Transformers with diffusion inside", "On transformers and why diffusion is slow",
                "Diffusion transformers",
            ])
        #expect(try await titles(test, "Diffusion TRANSFORMER?").count == 3)
    }

    @Test("counts a word of the title more than one of the abstract, a word as it is spelt more than its forms")
    func weights() async throws {
        let test = try await TestInstallation()
        try await test.store(entries: [
            ("Walking machines", "A robot and nothing else of note is here", []),
            ("A robot", "Walking machines and nothing else of note", []),
            ("Robots", "Walking machines and nothing else of note", []),
        ])
        #expect(try await titles(test, "robot") == ["A robot", "Walking machines", "Robots"])
    }

    @Test(
        "finds authors by any part of their names, words in every script, and accents or none",
        arguments: [
            ("lovelace", 1), ("Ada Lovelace robots", 1), ("機械学習", 2), ("poincare", 2), ("Poincaré", 2),
            ("李雷", 2), ("학습", 3), ("selfsupervised", 3), ("self supervised", 3), ("self-supervised", 3),
        ])
    func everywhere(typed: String, expected: Int) async throws {
        let test = try await TestInstallation()
        try await test.store(entries: [
            ("Robots", "One", ["Ada Lovelace"]), ("機械学習の研究", "After Poincaré", ["李雷"]),
            ("Self-supervised 학습", "Three", ["B. Babbage"]),
        ])
        let found = try await SearchIndex(test.installation).search(
            try SearchWording(typed), from: .best(0), size: 10)
        #expect(found.papers.map(\.seq) == [Int64(expected)])
        #expect(!found.isLoose)
    }

    @Test("where no paper has all words, finds those with some, best first, and says so", arguments: [true, false])
    func loose(isBest: Bool) async throws {
        let test = try await TestInstallation()
        try await test.store(["Robots that walk and talk", "Robots", "A protein"])
        let index = SearchIndex(test.installation)
        let place: SearchIndex.Place = isBest ? .best(0) : .newest
        let found = try await index.search(try SearchWording("robots that walk under water"), from: place, size: 10)
        #expect(found.isLoose)
        let expected = ["Robots that walk and talk", "Robots"]
        #expect(found.papers.map(\.paper.title) == (isBest ? expected : expected.reversed()))
        let none = try await index.search(try SearchWording("nothing whatever"), from: place, size: 10)
        #expect(none.papers.isEmpty)
        // A filter is what it is.
        let filter = try await index.search(try SearchWording("title:robots title:water"), from: place, size: 10)
        #expect(filter.papers.isEmpty && !filter.isLoose)
    }

    @Test("goes on from page to page in both orders, and past the end is empty")
    func paging() async throws {
        let test = try await TestInstallation()
        try await test.store((1...25).map { "Robot number \($0)" })
        let index = SearchIndex(test.installation)
        let wording = try SearchWording("robots")
        for start in [SearchIndex.Place.newest, .best(0)] {
            var place: SearchIndex.Place? = start
            var all: [Int64] = []
            var last: SearchIndex.Page?
            while let next = place {
                let page = try await index.search(wording, from: next, size: 10)
                all += page.papers.map(\.seq)
                place = page.older
                last = page
            }
            #expect(all == (1...25).reversed())
            let back = try #require(last?.newer)
            #expect(try await index.search(wording, from: back, size: 10).papers.map(\.seq) == (6...15).reversed())
        }
        let beyond = try await index.search(wording, from: .best(.max - 1000), size: 10)
        #expect(beyond.papers.isEmpty && beyond.older == nil && !beyond.isLoose)
    }

    @Test("follows what is hidden, changed and merged")
    func follows() async throws {
        let test = try await TestInstallation()
        try await test.store(["A robot", "Another robot"])
        #expect(try await titles(test, "robot").count == 2)
        try await test.installation.database.papers.setHidden(2, true)
        #expect(try await titles(test, "robot") == ["A robot"])
        #expect(try await titles(test, "robot", from: .newest) == ["A robot"])
        try await test.store(["A zebra"])
        #expect(try await titles(test, "robot") == [])
        #expect(try await titles(test, "zebra") == ["A zebra"])
    }

    @Test("looks through no text of papers that their counts rule out, and through a bounded amount of it")
    func bounded() async throws {
        let words = (0..<150).map { "zq\($0)" }.joined(separator: " OR ")
        let test = try await TestInstallation()
        try await test.store(Array(repeating: "A robot", count: 60))
        let papers = try await test.installation.database.papers.newest(limit: 100)
        var none = SearchQuestion(try Filter("-(\(words)) upvotes>999999999"))
        #expect(none.matching(papers, [:]).isEmpty)
        #expect(none.textRead == 0)
        var all = SearchQuestion(try Filter("-(\(words)) upvotes<999999999"))
        #expect(all.matching(papers, [:]).count == 60)
        #expect(all.textRead == papers.reduce(0) { $0 + $1.paper.title.utf8.count + $1.paper.abstract.utf8.count })
    }
}

extension TestInstallation {
    /// Stores papers with their texts and authors.
    func store(entries papers: [(title: String, abstract: String, authors: [String])]) async throws {
        let entries = try papers.enumerated().map { offset, paper in
            var entry = Entry(
                id: try #require(PaperID(parsing: "2611.\(10_001 + offset)")), title: paper.title)
            entry.abstract = paper.abstract
            entry.authors = paper.authors.map { Author($0) }
            return entry
        }
        _ = try await installation.database.papers.record(
            entries, feed: "hf", trust: .curator, seenAt: clock.now)
    }
}
