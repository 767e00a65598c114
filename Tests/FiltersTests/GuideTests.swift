import Papers
import Testing

@testable import Filters

@Suite("The guide and marked terms")
struct GuideTests {
    @Test("every example of the guide is a filter, and none is doubtful")
    func examples() throws {
        let examples = FilterGuide.sections.flatMap(\.examples)
        #expect(examples.count > 20)
        for example in examples { #expect(try Filter(example.filter).warnings == [], "\(example.filter)") }
    }

    @Test("the guide shows every field, and fits a terminal")
    func fields() {
        let text = FilterGuide.plainText
        for field in Field.allCases { #expect(text.contains("\(field.rawValue):"), "\(field)") }
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

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
