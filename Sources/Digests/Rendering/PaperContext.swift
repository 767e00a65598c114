import Papers

/// A paper as templates see it, in mails and on pages.
public enum PaperContext {
    /// How many authors are named before the others are counted.
    static let namedAuthors = 3

    /// - Parameter abstractLimit: characters; 0 leaves the abstract out.
    public static func context(of paper: Paper, reasons: [String] = [], abstractLimit: Int) -> TemplateContext {
        var context = TemplateContext()
        let title = DisplayText.line(paper.title)
        context.set("title", title.isEmpty ? paper.id.value : title)
        context.set("url", WebAddress.link(paper.url))
        setAuthors(of: paper, in: &context)
        context.set("organization", paper.organization.map(DisplayText.line))
        let day = paper.publishedAt.map { CalendarDay($0) }
        context.set("date", day?.short)
        context.set("upvotes", Counted.upvotes(paper.upvotes))
        context.set("comments", Counted.comments(paper.comments))
        context.set("hasCounts", paper.upvotes > 0 || paper.comments > 0)
        context.set("abstract", Shortened.abstract(DisplayText.line(paper.abstract), limit: abstractLimit))
        context.set("reasons", reasons.map(DisplayText.line).filter { !$0.isEmpty }.joined(separator: " · "))
        setLinks(of: paper, in: &context)
        context.set("byline", byline(of: context, day: day))
        let aboutIt = ["authors", "organization", "date", "upvotes", "comments", "reasons"]
        context.set("hasByline", aboutIt.contains { context[$0] != nil })
        return context
    }

    private static func setAuthors(of paper: Paper, in context: inout TemplateContext) {
        let names = paper.authors.map { DisplayText.line($0.name) }.filter { !$0.isEmpty }
        // One other is named as fast as counted.
        let named = names.count == namedAuthors + 1 ? names.count : namedAuthors
        context.set("authors", names.prefix(named).joined(separator: ", "))
        context.set("otherAuthors", names.count > named ? "and \(names.count - named) more" : nil)
    }

    /// What stands between title and abstract, in a form that needs no separator before the first part.
    private static func byline(of paper: TemplateContext, day: CalendarDay?) -> [TemplateContext] {
        var parts: [TemplateContext] = []
        for name in ["authors", "organization", "date"] {
            guard let part = paper[name] else { continue }
            var context = TemplateContext()
            context["part"] = part
            context["tail"] = name == "authors" ? paper["otherAuthors"] : nil
            context.set("stamp", name == "date" ? day?.description : nil)
            context.set("follows", !parts.isEmpty)
            parts.append(context)
        }
        return parts
    }

    private static func setLinks(of paper: Paper, in context: inout TemplateContext) {
        let links = [
            "pdfURL": WebAddress.link(paper.pdfURL), "codeURL": WebAddress.link(paper.codeURL),
            "projectURL": WebAddress.link(paper.projectURL), "discussionURL": WebAddress.link(paper.discussionURL),
        ]
        for (name, url) in links { context.set(name, url) }
        context.set("hasLinks", links.values.contains { $0 != nil })
    }
}
