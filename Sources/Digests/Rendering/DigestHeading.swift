import Core
import Papers

/// What an inbox shows of a digest before it is opened.
struct DigestHeading: Sendable {
    /// The top paper's title and how many others there are, one line that an inbox shows whole.
    let subject: String
    /// The words behind the subject: what comes after the top paper.
    let preheader: String

    /// Characters of the whole subject.
    static let subjectLimit = 110
    /// How many papers a heading tells of.
    static let papers = 4

    init(of picks: [Pick], on day: CivilDate, templates: TemplateSet, site: TemplateContext) {
        let papers = picks.prefix(Self.papers).map(\.paper)
        let others = templates.texts.some(.morePapers, picks.count - 1)
        subject = Self.subject(papers.first, others: others, templates.texts) { title, others in
            var context = site
            context.set("day", templates.texts.plain(day))
            context.set("count", templates.texts.counted(.papers, picks.count))
            context.set("title", title)
            context.set("others", others)
            // Not `renderLine`: it would remove the isolates of a right-to-left title.
            return templates.render(.digestSubject, context).split(whereSeparator: \.isNewline).joined(separator: " ")
        }
        preheader = Self.preheader(papers, templates.texts)
    }

    private static func subject(
        _ top: Paper?, others: String?, _ texts: Texts, rendering render: (_ title: String, _ others: String?) -> String
    ) -> String {
        guard let top else { return "" }
        let title = texts.title(of: top)
        let frame = max(0, render("…", others).count - 1)
        let shortened = Shortened.words(title.isEmpty ? top.id.value : title, limit: max(20, subjectLimit - frame))
        return render(DisplayText.isolated(shortened), others)
    }

    private static func preheader(_ papers: [Paper], _ texts: Texts) -> String {
        let titles = papers.dropFirst().map { Shortened.words(texts.title(of: $0), limit: 70) }
        if !titles.isEmpty { return titles.joined(separator: " · ") }
        return papers.first.map { Shortened.abstract(DisplayText.line($0.abstract), limit: 140) } ?? ""
    }
}
