import Core
import Digests
import Embedded
import Mail
import Testing

@testable import Filters
@testable import Web

@Suite("The guide to filters")
struct FilterGuideTests {
    private func texts(_ language: Language) throws -> Texts {
        try Texts(embedded: Embedded.templates, language: language)
    }

    @Test("has examples that are filters, and none is doubtful")
    func examples() throws {
        let examples = FilterGuide.sections.flatMap(\.examples)
        #expect(examples.count > 20)
        for example in examples { #expect(try Filter(example.filter).warnings == [], "\(example.filter)") }
    }

    @Test("shows every field, and fits a terminal")
    func fields() throws {
        let text = FilterGuide.plainText(try texts(.english))
        for field in Field.allCases { #expect(text.contains("\(field.rawValue):"), "\(field)") }
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test("is whole in every language, with the limits in its numbers", arguments: Language.allCases)
    func languages(language: Language) throws {
        let texts = try texts(language)
        let text = FilterGuide.plainText(texts)
        #expect(!text.contains("{{") && !text.contains("&gt;"))
        #expect(text.contains(texts.number(Filter.maximumLength)))
        for section in FilterGuide.sections {
            #expect(!FilterGuide.text(section.heading, texts).isEmpty)
            for example in section.examples { #expect(!example.meaning(texts).isEmpty, "\(example.filter)") }
        }
        let english = FilterGuide.plainText(try self.texts(.english))
        #expect((text == english) == (language == .english))
    }
}
