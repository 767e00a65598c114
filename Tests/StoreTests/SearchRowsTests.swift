import Filters
import Foundation
import Papers
import Testing

@testable import Store

@Suite("The index of the search follows the papers")
struct SearchRowsTests {
    private let now = TestDatabase.start

    /// The titles of the papers with a word, the newest first.
    private func found(_ word: String, _ test: TestDatabase) async throws -> [String] {
        let papers = test.database.papers
        let places = try await papers.places(of: .word(word), limit: 100)
        let byPlace = Dictionary(
            uniqueKeysWithValues: try await papers.visible(places: places).map { ($0.surfacedSeq, $0.paper.title) })
        return places.compactMap { byPlace[$0] }
    }

    @Test("as they come, change, are hidden and come back")
    func inStep() async throws {
        let test = try await TestDatabase()
        let papers = test.database.papers
        _ = try await papers.record(
            [entry("2511.00001", "A robot"), entry("2511.00002", "Two robots")], feed: "a", trust: .curator, seenAt: now
        )
        #expect(try await found("robot", test) == ["Two robots", "A robot"])
        let later = now.addingTimeInterval(60)
        _ = try await papers.record([entry("2511.00001", "A zebra")], feed: "a", trust: .curator, seenAt: later)
        #expect(try await found("robot", test) == ["Two robots"])
        #expect(try await found("zebra", test) == ["A zebra"])
        try await papers.setHidden(1, true)
        #expect(try await found("zebra", test) == [])
        try await papers.setHidden(1, false)
        #expect(try await found("zebra", test) == ["A zebra"])
        try await expectInStep(test)
    }

    @Test("as they become news once more")
    func moves() async throws {
        let test = try await TestDatabase()
        let papers = test.database.papers
        _ = try await papers.record(
            [entry("2511.00001", "A robot"), entry("2511.00002", "Two robots")], feed: "a", trust: .archive, seenAt: now
        )
        _ = try await papers.record(
            [entry("2511.00001", "A robot")], feed: "b", trust: .curator, seenAt: now.addingTimeInterval(86_400))
        #expect(try await found("robot", test) == ["A robot", "Two robots"])
        #expect(try await papers.pin(2, note: nil, at: now.addingTimeInterval(90_000)))
        #expect(try await found("robot", test) == ["Two robots", "A robot"])
        try await expectInStep(test)
    }

    @Test("as two turn out to be one, with the place of the one that was news later")
    func merges() async throws {
        let test = try await TestDatabase()
        let papers = test.database.papers
        var byDOI = try entry("10.1000/robots", "A robot that walks by itself")
        byDOI.doi = "10.1000/robots"
        _ = try await papers.record(
            [entry("2511.00001", "A robot that walks")], feed: "a", trust: .archive, seenAt: now)
        _ = try await papers.record([byDOI], feed: "b", trust: .curator, seenAt: now)
        #expect(try await papers.count() == 2)
        var both = try entry("2511.00001", "A robot that walks")
        both.doi = "10.1000/robots"
        _ = try await papers.record([both], feed: "a", trust: .archive, seenAt: now.addingTimeInterval(60))
        #expect(try await papers.count() == 1)
        #expect(try await papers.places(of: .word("robot"), limit: 10).count == 1)
        #expect(try await found("robot", test).count == 1)
        try await expectInStep(test)
    }

    @Test("of a past day, behind all that is news here")
    func pastDays() async throws {
        let test = try await TestDatabase()
        let papers = test.database.papers
        _ = try await papers.record([entry("2511.00001", "A robot")], feed: "a", trust: .curator, seenAt: now)
        _ = try await papers.record(
            [entry("2510.00001", "Past robots")], feed: "a", trust: .curator, seenAt: now,
            day: now.addingTimeInterval(-864_000))
        #expect(try await found("robot", test) == ["A robot", "Past robots"])
        try await expectInStep(test)
    }

    @Test("finds by words, beginnings and either side of a place, in every script")
    func needs() async throws {
        let test = try await TestDatabase()
        let papers = test.database.papers
        _ = try await papers.record(
            [
                entry("2511.00001", "Quantized robots"), entry("2511.00002", "Poincaré’s 機械学習"),
                entry("2511.00003", "C++ and “quotes” ' \\ :*|&!"), entry("2511.00004", "Robots quantize"),
            ], feed: "a", trust: .curator, seenAt: now)
        for (need, expected): (SearchNeed, [Int64]) in [
            (.word("quantiz"), [4, 1]), (.beginning("quant"), [4, 1]), (.word("poincare"), [2]),
            (.all([.word("学"), .word("習")]), [2]), (.word("c++"), [3]),
            (.any([.word("poincare"), .word("quantized")]), [2, 1]),
            (.all([.word("robot"), .any([.word("quantize"), .word("nothing")])]), [4]), (.word("\" OR \""), []),
            (.titleWord("quotes"), [3]), (.word("'"), []),
        ] {
            #expect(try await papers.places(of: need, limit: 10) == expected, "\(need)")
        }
        #expect(try await papers.places(of: .word("robot"), .before(4), limit: 10) == [1])
        #expect(try await papers.places(of: .word("robot"), .after(1), limit: 10) == [4])
        #expect(try await papers.places(of: nil, .after(0), limit: 2) == [1, 2])
    }

    @Test("also where a word, or the list of authors, is longer than an index takes")
    func long() async throws {
        let test = try await TestDatabase()
        let word = String(repeating: "ა", count: 1000)
        var entry = try entry("2511.00001", "\(word) robots")
        let letters = String(repeating: "b", count: 19_000)
        entry.abstract = letters
        entry.authors = (1...20_000).map { Author("Name\($0) \(word) Family\($0)") }
        _ = try await test.database.papers.record([entry], feed: "a", trust: .curator, seenAt: now)
        // A word is compared by its first 64 letters.
        for known in [String(word.prefix(64)), "robot", String(letters.prefix(64)), "name1", "family100"] {
            #expect(try await test.database.papers.places(of: .word(known), limit: 10) == [1], "\(known.prefix(20))")
        }
        try await expectInStep(test)
    }

    @Test("is made of the papers of a database that had none")
    func migration() async throws {
        let test = try await TestDatabase()
        let entries = try (1...1200).map { try entry("2511.\(String(format: "%05d", $0))", "Robot number \($0)") }
        _ = try await test.database.papers.record(entries, feed: "a", trust: .curator, seenAt: now)
        let before = try await test.database.contents()
        try await test.database.driver.migrate { sql in
            for statement in sql.dialect.searchIsGone { try sql.execute(statement) }
            // What later versions brought goes, too, since they are applied in order.
            for table in ["search_texts", "library_entries"] { try sql.execute("DROP TABLE \(table)") }
            try sql.execute("DELETE FROM schema_versions WHERE version >= 2")
        }
        try await test.database.migrate(now: now)
        #expect(try await test.database.contents() == before)
        #expect(try await found("1200", test) == ["Robot number 1200"])
        try await expectInStep(test)
    }

    /// Every paper has the words and the place it should have, and SQLite's index is what its rows say.
    private func expectInStep(_ test: TestDatabase) async throws {
        let stored = try await test.database.papers.page(.visible, before: nil, limit: 10_000)
        let texts = try await test.database.papers.searchTexts(places: stored.map(\.surfacedSeq))
        #expect(texts.count == stored.count)
        for paper in stored {
            #expect(texts[paper.surfacedSeq]?.text == SearchText(paper.paper))
            #expect(texts[paper.surfacedSeq]?.seq == paper.seq)
        }
        try await test.database.driver.write { sql in
            guard !sql.dialect.searchIsGone.isEmpty else { return }
            // Fails where the index says anything else than the rows.
            try sql.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
        }
    }
}

extension Dialect {
    /// What undoes the index of the search before its table goes.
    fileprivate var searchIsGone: [String] { searchBefore.isEmpty ? [] : ["DROP TABLE search_index"] }
}
