import Digests

/// `/filters/help`: the filter language on one page; the text is that of ``FilterGuide``.
struct FilterHelpPage: Page {
    static let template = TemplateName.pageFilterHelp

    func title(_ texts: Texts) -> String { texts[.filterHelpHeading] }
    func languagePath(_ texts: Texts) -> String? { "/filters/help" }

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("introduction", FilterGuide.text(.introduction, texts))
        context.set("sections", FilterGuide.sections.map { section($0, texts) })
        return context
    }

    private func section(_ section: FilterGuide.Section, _ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("heading", FilterGuide.text(section.heading, texts))
        context.set("paragraphs", section.paragraphs.map { value("paragraph", FilterGuide.text($0, texts)) })
        context.set(
            "examples",
            section.examples.map { example in
                var context = value("filter", example.filter)
                context.set("meaning", example.meaning(texts))
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
