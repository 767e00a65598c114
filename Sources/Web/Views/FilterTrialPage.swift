import Digests
import Filters
import Papers

/// `/filters/try?filter=…`: what a filter would have brought in the last 7 and 30 days.
struct FilterTrialPage: Page {
    static let template = TemplateName.pageFilterTrial

    struct Row: Sendable {
        var paper: Paper
        /// With what the filter looks for marked.
        var title: [MarkedText]
        /// As written in the filter.
        var terms: [String]
    }

    struct Result: Sendable {
        var ofWeek: Int
        var ofMonth: Int
        /// How many papers were looked at.
        var looked: Int
        /// The newest first.
        var papers: [Row]
    }

    /// As it was typed.
    var filter: String
    /// What is wrong with it.
    var problem: String?
    /// What is probably not meant.
    var warnings: [String] = []
    /// Nil where nothing was tried.
    var result: Result?

    init(filter: String) { self.filter = filter }

    func title(_ texts: Texts) -> String { texts[.filterTryHeading] }
    func languagePath(_ texts: Texts) -> String? { SiteAddress.trial(filter) }

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("filter", DisplayText.line(filter))
        context.set("problem", problem.map(DisplayText.line))
        context.set("warnings", warnings.map { value("warning", $0) })
        guard let result else { return context }
        context.set("ofWeek", texts.counted(.papers, result.ofWeek))
        context.set("ofMonth", texts.counted(.papers, result.ofMonth))
        context.set("looked", texts.counted(.papers, result.looked))
        context.set("papers", result.papers.map { row($0, texts) })
        context.set("more", texts.some(.morePapers, result.ofMonth - result.papers.count))
        return context
    }

    private func row(_ row: Row, _ texts: Texts) -> TemplateContext {
        var context = PaperContext.context(of: row.paper, abstractLimit: 0, texts: texts)
        context.set("stretches", MarkedTitle.context(row.title, of: row.paper, texts))
        // A mail's byline has the counts too, this one has not.
        context.set("hasByline", ["authors", "organization", "date"].contains { context[$0] != nil })
        context.set("terms", row.terms.map(DisplayText.line).joined(separator: " · "))
        return context
    }

    private func value(_ name: String, _ text: String) -> TemplateContext {
        var context = TemplateContext()
        context.set(name, DisplayText.line(text))
        return context
    }
}
