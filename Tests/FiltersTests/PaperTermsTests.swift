import Papers
import Testing

@testable import Filters

@Suite("Terms of papers")
struct PaperTermsTests {
    private func paper(_ title: String, _ abstract: String = "", keywords: [String] = []) throws -> Paper {
        var entry = Entry(id: try #require(PaperID(parsing: "2511.00001")), title: title)
        entry.abstract = abstract
        entry.keywords = keywords
        return Paper(entry)
    }

    @Test("stop words, numbers and single letters part the runs of words that make pairs; a title counts twice")
    func runs() throws {
        let runs = PaperTerms.runs(
            of: try paper(
                "Sparse Attention for LLMs", "We use 3 self-supervised models in 3D.", keywords: ["RL agents"]))
        #expect(
            runs.map(\.words) == [
                ["sparse", "attention"], ["llm"], ["self", "supervised", "model"], ["3d"], ["rl", "agent"],
            ])
        #expect(runs.map(\.weight) == [2, 2, 1, 1, 1])
    }

    @Test(
        "a name is the same author in every form, and a single word is nobody",
        arguments: [
            ("Ada Lovelace", "ada lovelace"), ("Lovelace, Ada", "ada lovelace"), ("ADA  LOVELACE", "ada lovelace"),
            ("DeepSeek", nil), ("", nil),
        ] as [(String, String?)])
    func authors(name: String, key: String?) { #expect(PaperTerms.authorKey(name) == key) }

    @Test(
        "a term is told as the paper spells it",
        arguments: [
            ("llm agent", "LLM agents"), ("self supervised", "Self-Supervised"), ("vision model", "vision models"),
            ("speech", "speech"),
        ])
    func spelling(term: String, spelt: String) throws {
        let paper = try paper("Self-Supervised LLM agents", "A vision, and vision\n  models.")
        #expect(PaperTerms.spelling(of: term, in: paper) == spelt)
    }
}
