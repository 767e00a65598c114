import Filters
import Papers
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("Related papers")
struct RelatedPapersTests {
    private typealias Written = (title: String, abstract: String, authors: [String])

    /// The titles of the papers like the one that was stored as this number, from 1 on.
    private func titles(_ test: TestInstallation, like number: Int, limit: Int = 8) async throws -> [String] {
        let papers = test.installation.database.papers
        let stored = try #require(try await papers.papers(seqs: [Int64(number)]).first)
        return try await RelatedPapers(test.installation).papers(like: stored, limit: limit).map(\.paper.title)
    }

    /// Papers of whom none is like another.
    private func others(_ count: Int) -> [Written] {
        (1...count).map {
            ("Subject\($0) of matter\($0)", "Thing\($0) beside place\($0).", ["Writer\($0) Family\($0)"])
        }
    }

    @Test("what shares most comes first, the paper itself is none, and what shares nothing is none")
    func order() async throws {
        let test = try await TestInstallation()
        try await test.store(
            entries: [
                ("Zebrafish heart cells", "Zebrafish heart cells under a microscope.", []),
                ("Zebrafish brains", "Zebrafish think of brains.", []),
                ("Zebrafish heart repair", "Zebrafish repair heart cells after harm.", []),
            ] + others(30))
        #expect(try await titles(test, like: 1) == ["Zebrafish heart repair", "Zebrafish brains"])
        #expect(try await titles(test, like: 1, limit: 1) == ["Zebrafish heart repair"])
        #expect(try await titles(test, like: 4).isEmpty)
    }

    @Test("a store of three papers of one kind has two for each")
    func few() async throws {
        let test = try await TestInstallation()
        try await test.store(["Robots that walk", "Robots that climb", "Robots that swim"])
        for number in 1...3 { #expect(try await titles(test, like: number).count == 2) }
    }

    @Test(
        "a paper without an abstract, of rare words, in another language or by the same authors is found",
        arguments: [
            (("Zymurgy", "", []), ("On zymurgy", "About brewing.", [])),
            (("Kwisatz haderach prescience", "Of the kwisatz.", []), ("The kwisatz returns", "Another matter.", [])),
            (("機械学習の研究", "深層学習について。", []), ("深層学習と機械翻訳", "翻訳の研究。", [])),
            (
                ("Изучение языковых моделей", "Модели языка.", []),
                ("Обучение языковых моделей", "Текст.", [])
            ),
            (("Étude des réseaux", "", []), ("Réseaux neuronaux, une étude", "", [])),
            (("Whales", "Of the sea.", ["Ada Lovelace"]), ("Engines", "Of brass.", ["Lovelace, Ada"])),
        ] as [(Written, Written)])
    private func unusual(paper: Written, near: Written) async throws {
        let test = try await TestInstallation()
        try await test.store(entries: [paper, near] + others(120))
        #expect(try await titles(test, like: 1) == [near.title])
        #expect(try await titles(test, like: 2) == [paper.title])
    }

    @Test("of a title whose words tell nothing, papers with all of them are found")
    func common() async throws {
        let test = try await TestInstallation()
        try await test.store(
            entries: [("What is it about?", "", []), ("It is about what it is", "", [])] + others(40))
        #expect(try await titles(test, like: 1) == ["It is about what it is"])
    }

    @Test("an old paper has its contemporaries and the newest, however many papers lie between")
    func old() async throws {
        let test = try await TestInstallation()
        try await test.store(
            entries: [("Zebrafish heart cells", "", []), ("Zebrafish heart repair", "", [])] + others(4100)
                + [("Hearts of zebrafish", "", [])])
        #expect(Set(try await titles(test, like: 1)) == ["Zebrafish heart repair", "Hearts of zebrafish"])
        #expect(Set(try await titles(test, like: 4103)) == ["Zebrafish heart cells", "Zebrafish heart repair"])
    }

    @Test("a paper that is hidden is none, and is again once it is shown")
    func hidden() async throws {
        let test = try await TestInstallation()
        try await test.store(["Whale songs", "Whale songs again", "Whale songs at last"])
        try await test.installation.database.papers.setHidden(2, true)
        #expect(try await titles(test, like: 1) == ["Whale songs at last"])
        try await test.installation.database.papers.setHidden(2, false)
        #expect(Set(try await titles(test, like: 1)) == ["Whale songs again", "Whale songs at last"])
    }

    @Test("papers that come later are found by one that was asked before")
    func growth() async throws {
        let test = try await TestInstallation()
        let related = RelatedPapers(test.installation)
        try await test.store((1...40).map { "Whale number\($0)" } + ["Zebrafish heart"])
        let stored = try #require(try await test.installation.database.papers.papers(seqs: [41]).first)
        #expect(try await related.papers(like: stored, limit: 8).isEmpty)
        try await test.store(["Zebrafish heart repair"], firstID: 100)
        #expect(try await related.papers(like: stored, limit: 8).map(\.paper.title) == ["Zebrafish heart repair"])
    }

    @Test("of very many papers that share a word, the nearest are compared and no more")
    func bounds() async throws {
        let test = try await TestInstallation()
        try await test.store((1...700).map { "Whale songs number\($0)" } + (1...50).map { "Subject\($0)" })
        let papers = test.installation.database.papers
        let stored = try #require(try await papers.papers(seqs: [350]).first)
        // As if they were few of many, so that each word is asked for.
        let vocabulary = Vocabulary(
            [stored.paper] + (1...40).map { Paper(Entry(id: stored.paper.id, title: "Other\($0)")) }, for: .relation)
        let questions = RelatedQuestions(stored.paper, vocabulary, papers: 750)
        let found = try await RelatedPapers(test.installation).candidates(for: stored, questions)
        #expect(found.count == RelatedPapers.compared)
        #expect(found.allSatisfy { abs($0 - stored.surfacedSeq) <= RelatedPapers.places })
        #expect(!found.contains(stored.surfacedSeq))
    }

    @Test("what very many papers have is not asked for alone, and no more than a few things are asked")
    func questions() throws {
        let id = try #require(PaperID(parsing: "2611.00001"))
        var long = Entry(id: id, title: "Whale songs")
        long.abstract = (1...200).map { "word\($0)" }.joined(separator: " ")
        long.authors = (1...40).map { Author("Given\($0) Family\($0)") }
        let sample = (1...100).map { Paper(Entry(id: id, title: $0 <= 15 ? "Whale songs" : "Subject\($0)")) }
        let vocabulary = Vocabulary(sample, for: .relation)
        #expect(RelatedQuestions(Paper(long), vocabulary, papers: 1_000_000).all.count <= 19)
        let whales = sample[0]
        let alone = SearchNeed.words(["whale"])
        #expect(RelatedQuestions(whales, vocabulary, papers: 1000).all.contains { $0.need == alone })
        let asked = RelatedQuestions(whales, vocabulary, papers: 1_000_000).all
        #expect(!asked.isEmpty)
        #expect(!asked.contains { $0.need == alone })
    }
}
