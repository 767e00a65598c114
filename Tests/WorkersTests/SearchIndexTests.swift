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

    @Test("waits a moment for few papers")
    func waits() async throws {
        let test = try await TestInstallation()
        try await test.store(["A robot", "Another robot"])
        let index = SearchIndex(test.installation)
        let found = try await index.search(try Filter("robot"), size: 10, patience: .seconds(60))
        #expect(found.papers.count == 2)
    }
}
