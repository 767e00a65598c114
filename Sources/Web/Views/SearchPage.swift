import Digests
import Filters
import Papers

/// `/search?q=…`: the stored papers that a filter or words find, the newest or the best first.
struct SearchPage: Page {
    static let template = TemplateName.pageSearch

    /// A paper that was found.
    struct Row: Sendable {
        var paper: ListedPaper
        /// With what the filter looks for marked.
        var title: [MarkedText]
    }

    struct Result: Sendable {
        /// In their order.
        var rows: [Row]
        /// Where newer and older ones, or better and less good ones, are, as paths.
        var newerURL: String?
        var olderURL: String?
        /// What can be subscribed to.
        var filter: String
        /// Whether the best are first, and not the newest.
        var isBest = false
        /// The same in the other order; nil where there is one only.
        var otherOrderURL: String?
        /// Whether no paper has all words, so that these have some.
        var isLoose = false
    }

    /// What is wrong with a filter, and where.
    struct Problem: Sendable {
        var text: String
        /// The filter about the place, and carets under it; a column a character.
        var line: String
        var carets: String

        init(_ error: FilterError, _ texts: Texts) {
            text = texts(error)
            let lines = error.report.split(separator: "\n", omittingEmptySubsequences: false)
            // Controls and what turns the direction would part the carets from their place.
            // Without the report's indent of two.
            line = String(lines.dropFirst().first?.dropFirst(2) ?? "").map {
                DisplayText.line(String($0)).isEmpty ? " " : String($0)
            }.joined()
            carets = String(lines.dropFirst(2).first?.dropFirst(2) ?? "")
        }
    }

    /// As it was typed.
    var query: String
    var problem: Problem?
    /// What is probably not meant.
    var warnings: [String] = []
    /// Nil where nothing was looked for.
    var result: Result?

    init(query: String) { self.query = query }

    func title(_ texts: Texts) -> String {
        query.isEmpty ? texts[.search] : texts(.searchTitle, ["query": DisplayText.line(query)])
    }
    var section: SiteSection? { .search }

    func meta(_ texts: Texts) -> PageMeta? {
        let path = query.isEmpty ? "/search" : SiteAddress.search(query)
        let isList = result != nil
        return PageMeta(
            path: path, description: texts[.metaSearch],
            previous: result?.newerURL, next: result?.olderURL, feedList: isList ? path : nil, isIndexed: false)
    }

    func render(_ templates: TemplateSet, site: SiteAppearance) -> String {
        FittingPage.render { limit in
            templates.render(
                Self.template,
                fullContext(templates.texts, site, context(templates.texts, abstractLimit: min(limit, 280))))
        }
    }

    func context(_ texts: Texts) -> TemplateContext { context(texts, abstractLimit: 280) }

    private func context(_ texts: Texts, abstractLimit: Int) -> TemplateContext {
        var context = TemplateContext()
        context.set("query", DisplayText.line(query))
        context.set("problem", problem.map { DisplayText.line($0.text) })
        context.set("problemLine", problem?.line)
        context.set("problemCarets", problem?.carets)
        context.set("warnings", warnings.map { value("warning", $0) })
        guard let result else { return context }
        context.set("isAnswered", true)
        context.set("papers", result.rows.map { row($0, texts, abstractLimit: abstractLimit) })
        context.set("newerURL", result.newerURL)
        context.set("olderURL", result.olderURL)
        context.set("subscribeURL", SiteAddress.subscribe(filter: result.filter))
        context.set("isBest", result.isBest)
        context.set("otherOrderURL", result.otherOrderURL)
        context.set("isLoose", result.isLoose)
        return context
    }

    private func row(_ row: Row, _ texts: Texts, abstractLimit: Int) -> TemplateContext {
        var context = row.paper.context(texts, abstractLimit: abstractLimit)
        context.set("stretches", MarkedTitle.context(row.title, of: row.paper.paper, texts))
        return context
    }

    private func value(_ name: String, _ text: String) -> TemplateContext {
        var context = TemplateContext()
        context.set(name, DisplayText.line(text))
        return context
    }
}
