import Foundation
import Papers
import Testing

@testable import Store

@Suite("What the editor does to papers")
struct CurationTests {
    private let now = TestDatabase.start

    private func store() async throws -> TestDatabase {
        let test = try await TestDatabase()
        _ = try await test.database.papers.record(
            [entry("2511.00001", "One"), entry("2511.00002", "Two")], feed: "a", trust: .archive, seenAt: now)
        return test
    }

    @Test("a pinned paper becomes news once more, keeps its note through merges, and can be unpinned")
    func pins() async throws {
        let test = try await store()
        let papers = test.database.papers
        #expect(try await papers.pin(1, note: "Read this", at: now))
        #expect(try await papers.surfaced(after: 2, limit: 9).map(\.seq) == [1])
        #expect(try await papers.pin(1, note: "Read this now", at: now))
        #expect(try await papers.surfaced(after: 3, limit: 9).isEmpty)
        _ = try await papers.record([entry("2511.00001", "New")], feed: "b", trust: .archive, seenAt: now)
        let pinned = try await papers.page(.pinned, before: nil, limit: 9)
        #expect(pinned.map(\.paper.pin?.note) == ["Read this now"])
        try await papers.unpin(1)
        #expect(try await papers.page(.pinned, before: nil, limit: 9).isEmpty)
        #expect(try await papers.pin(99, note: nil, at: now) == false)
    }

    @Test("a hidden paper is nowhere but in the editor’s list, also when a feed brings it again")
    func hides() async throws {
        let test = try await store()
        let papers = test.database.papers
        try await papers.setHidden(1, true)
        _ = try await papers.record(
            [entry("2511.00001", "One")], feed: "hf", trust: .curator, seenAt: now.addingTimeInterval(9))
        #expect(try await papers.newest(limit: 9).map(\.seq) == [2])
        #expect(try await papers.surfaced(after: 0, limit: 9).map(\.seq) == [2])
        #expect(try await papers.surfaced(from: .distantPast, until: .distantFuture, limit: 9).map(\.seq) == [2])
        #expect(try await papers.papers(seqs: [1, 2]).map(\.seq) == [2])
        #expect(try await papers.page(.visible, before: nil, limit: 9).map(\.seq) == [2])
        #expect(try await papers.page(.hidden, before: nil, limit: 9).map(\.seq) == [1])
        try await papers.setHidden(1, false)
        #expect(try await papers.newest(limit: 9).count == 2)
    }
}
