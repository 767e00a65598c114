import Digests
import Filters

/// `/filters/help`: the filter language on one page; the text is `FilterGuide`'s.
struct FilterHelpPage: Page {
    static let template = TemplateName.pageFilterHelp

    func title(_ texts: Texts) -> String { texts[.filterHelpHeading] }
    func languagePath(_ texts: Texts) -> String? { "/filters/help" }

    var context: TemplateContext {
        var context = TemplateContext()
        context.set("introduction", FilterGuide.introduction)
        context.set("sections", FilterGuide.sections.map(section))
        return context
    }

    private func section(_ section: FilterGuide.Section) -> TemplateContext {
        var context = TemplateContext()
        context.set("heading", section.title)
        context.set("paragraphs", section.text.map { value("paragraph", $0) })
        context.set(
            "examples",
            section.examples.map { example in
                var context = value("filter", example.filter)
                context.set("meaning", example.meaning)
                return context
            })
        return context
    }

    private func value(_ name: String, _ text: String) -> TemplateContext {
        var context = TemplateContext()
        context.set(name, text)
        return context
    }
}
