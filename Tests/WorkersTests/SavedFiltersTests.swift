import Filters
import Foundation
import Mail
import Papers
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("Readers' filters, kept in step with the store")
struct SavedFiltersTests {
    private let papers = ["Protein folding", "An enzyme", "Robots that fold", "Diffusion of proteins"].enumerated()
        .compactMap { number, title in
            PaperID(parsing: "2511.0000\(number + 1)").map { Paper(Entry(id: $0, title: title)) }
        }

    /// The titles that each text finds.
    private func found(_ filters: ReaderFilters) -> [String: [String]] {
        let matches = filters.set.matches(in: PaperBatch(papers))
        return filters.texts.reduce(into: [:]) { found, text in
            found[text] = filters.id(ofFilter: text).map { matches[$0].map { papers[$0].title } }
        }
    }

    @Test("what was added and removed meanwhile is in the next answer, and an answer in use stays as it is")
    func following() async throws {
        let test = try await TestInstallation()
        let saved = SavedFilters(test.installation.database, topics: test.installation.topics)
        _ = try await test.desk.add(
            try Address("ada@example.org"), interests: Interests(filters: ["protein"]), source: "test")
        let first = try await saved.current()
        #expect(found(first) == ["protein": ["Protein folding", "Diffusion of proteins"]])

        var ada = try await test.subscriber("ada@example.org")
        ada.interests.filters = ["enzyme", "fold"]
        try await test.desk.update(ada, source: "test")
        let second = try await saved.current()
        #expect(found(second) == ["enzyme": ["An enzyme"], "fold": ["Protein folding", "Robots that fold"]])
        #expect(found(first) == ["protein": ["Protein folding", "Diffusion of proteins"]])
        #expect(!second.knows("protein"))
    }

    @Test("after any sequence of changes the answers are those of filters compiled afresh")
    func anySequence() async throws {
        let words = ["protein", "enzyme", "robot", "fold", "title:diffusion", "an", "-robot", "is:new"]
        var state: UInt64 = 7
        func next(below bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let test = try await TestInstallation()
        let saved = SavedFilters(test.installation.database, topics: test.installation.topics)
        var readers: [Int: Set<String>] = [:]
        for step in 0..<60 {
            let reader = next(below: 6)
            let chosen = Set((0..<3).map { _ in words[next(below: words.count)] })
            let address = "reader\(reader)@example.org"
            if readers[reader] == nil {
                _ = try await test.desk.add(
                    try Address(address), interests: Interests(filters: chosen.sorted()), source: "test")
            } else {
                var subscriber = try await test.subscriber(address)
                subscriber.interests.filters = chosen.sorted()
                try await test.desk.update(subscriber, source: "test")
            }
            readers[reader] = chosen
            guard step.isMultiple(of: 3) else { continue }
            let all = readers.values.reduce(into: Set()) { $0.formUnion($1) }
            let fresh = ReaderFilters(test.installation.topics, texts: all)
            #expect(found(try await saved.current()) == found(fresh))
        }
    }

    @Test("a filter that was stored while a round ran counts in it")
    func duringARound() async throws {
        let test = try await TestInstallation()
        let filters = ReaderFilters(test.installation.topics, texts: ["protein"])
        let matcher = Matcher(papers: [], filters: filters)
        #expect(matcher.covers(Interests(topics: ["any"], filters: ["protein"])))
        #expect(!matcher.covers(Interests(filters: ["protein", "enzyme"])))
    }
}
