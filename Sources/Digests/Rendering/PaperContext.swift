import Core
import Papers

/// A paper as templates see it, in mails and on pages.
public enum PaperContext {
    /// How many authors are named before the others are counted.
    static let namedAuthors = 3

    /// - Parameters:
    ///   - reasons: why it is shown, as ``line(of:)`` has it.
    ///   - abstractLimit: characters; 0 leaves the abstract out.
    public static func context(
        of paper: Paper, reasons: String? = nil, abstractLimit: Int, texts: Texts
    ) -> TemplateContext {
        var context = TemplateContext()
        let title = texts.title(of: paper)
        context.set("title", title.isEmpty ? paper.id.value : title)
        context.set("url", WebAddress.link(paper.url))
        setAuthors(of: paper, in: &context, texts)
        context.set("organization", paper.organization.map(DisplayText.line))
        let day = paper.publishedAt.map { CivilZone.utc.day(of: $0) }
        context.set("date", day.map(texts.short))
        context.set("upvotes", texts.some(.upvotes, paper.upvotes))
        context.set("comments", texts.some(.comments, paper.comments))
        context.set("stars", texts.some(.stars, paper.stars ?? 0))
        context.set("hasCounts", paper.upvotes > 0 || paper.comments > 0 || (paper.stars ?? 0) > 0)
        context.set("abstract", Shortened.abstract(DisplayText.line(paper.abstract), limit: abstractLimit))
        context.set("reasons", reasons)
        context.set("isPinned", paper.pin != nil)
        context.set("note", paper.pin?.note.map(DisplayText.line))
        setLinks(of: paper, in: &context)
        context.set("marks", marks(of: context, texts))
        context.set("byline", byline(of: context, day: day))
        let aboutIt = ["authors", "organization", "date", "upvotes", "comments", "stars", "reasons"]
        context.set("hasByline", aboutIt.contains { context[$0] != nil })
        return context
    }

    /// Reasons in one line.
    static func line(of reasons: [String]) -> String {
        reasons.map(DisplayText.line).filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private static func setAuthors(of paper: Paper, in context: inout TemplateContext, _ texts: Texts) {
        let names = paper.authors.map { DisplayText.line($0.name) }.filter { !$0.isEmpty }
        // One other is named as fast as counted.
        let named = names.count == namedAuthors + 1 ? names.count : namedAuthors
        context.set("authors", names.prefix(named).joined(separator: ", "))
        context.set("otherAuthors", texts.some(.moreAuthors, names.count - named))
    }

    /// What stands between title and abstract, in a form that needs no separator before the first part.
    private static func byline(of paper: TemplateContext, day: CivilDate?) -> [TemplateContext] {
        var parts: [TemplateContext] = []
        for name in ["authors", "organization", "date"] {
            guard let part = paper[name] else { continue }
            var context = TemplateContext()
            context["part"] = part
            context["tail"] = name == "authors" ? paper["otherAuthors"] : nil
            context.set("stamp", name == "date" ? day?.description : nil)
            parts.append(context)
        }
        return parts.inRow
    }

    private static func setLinks(of paper: Paper, in context: inout TemplateContext) {
        context.set("pdfURL", WebAddress.link(paper.pdfURL))
        context.set("codeURL", WebAddress.link(paper.codeURL))
        context.set("projectURL", WebAddress.link(paper.projectURL))
        context.set("discussionURL", WebAddress.link(paper.discussionURL))
    }

    /// What stands below the abstract: counts, then links.
    private static func marks(of paper: TemplateContext, _ texts: Texts) -> [TemplateContext] {
        let counts = ["upvotes", "comments", "stars"].compactMap { paper[$0] }.map {
            (label: $0, url: TemplateContext.Value?.none)
        }
        let links = [
            (TextName.linkPDF, "pdfURL"), (.linkCode, "codeURL"), (.linkProject, "projectURL"),
            (.linkDiscussion, "discussionURL"),
        ]
        .compactMap { label, name in
            paper[name].map { (label: TemplateContext.Value.text(texts[label]), url: Optional($0)) }
        }
        return (counts + links).map { mark in
            var context = TemplateContext()
            context["label"] = mark.label
            context["markURL"] = mark.url
            return context
        }.inRow
    }
}
