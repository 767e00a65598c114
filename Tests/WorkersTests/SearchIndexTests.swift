import Filters
import TestSupport
import Testing

@testable import Workers

@Suite("The search right after the start")
struct SearchIndexTests {
    @Test("says that it is not ready where the papers are not read in time, reads on, and finds them then")
    func notReady() async throws {
        let test = try await TestInstallation()
        try await test.store((1...600).map { "Robot number \($0)" })
        let index = SearchIndex(test.installation)
        let filter = try Filter("robot")
        await #expect(throws: SearchIndex.NotReady.self) {
            try await index.search(filter, size: 10, patience: .zero)
        }
        try await index.prepare()
        #expect(try await index.search(filter, size: 10, patience: .zero).papers.count == 10)
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

    @Test("waits a moment for few papers")
    func waits() async throws {
        let test = try await TestInstallation()
        try await test.store(["A robot", "Another robot"])
        let index = SearchIndex(test.installation)
        let found = try await index.search(try Filter("robot"), size: 10, patience: .seconds(3600))
        #expect(found.papers.count == 2)
    }
}
