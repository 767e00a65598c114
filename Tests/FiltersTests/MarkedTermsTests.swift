import Papers
import Testing

@testable import Filters

@Suite("Marked terms")
struct MarkedTermsTests {
    @Test(
        "the terms that a filter finds are marked, as they stand in the text",
        arguments: [
            ("model", "Two Models, modeled", "Two [Models], [modeled]"),
            ("\"language model\"", "A language model: language, no model", "A [language model]: language, no model"),
            ("quantiz*", "Quantization-aware", "[Quantization]-aware"),
            ("poincare", "The Poincaré ball", "The [Poincaré] ball"),
            ("selfsupervised", "Self-supervised vision", "[Self-supervised] vision"),
            ("\"self supervised\"", "Self-supervised vision", "[Self-supervised] vision"),
            ("学习", "机器学习", "机器[学习]"),
            ("vision -audio", "Vision and audio", "[Vision] and audio"),
            ("abstract:vision", "Vision", "Vision"), ("upvotes>3", "Vision", "Vision"), ("vision", "", ""),
        ])
    func marks(filter: String, title: String, expected: String) throws {
        let paper = Paper(Entry(id: try #require(PaperID(parsing: "2511.01234")), title: title))
        let marked = try Filter(filter).marked(titleOf: paper)
        #expect(marked.map { $0.isHit ? "[\($0.text)]" : $0.text }.joined() == expected)
        #expect(marked.map(\.text).joined() == title)
    }
}
