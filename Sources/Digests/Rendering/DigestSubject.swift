/// The subject of a digest: the top paper's title, shortened so that the whole fits an inbox line.
struct DigestSubject {
    let templates: TemplateSet
    let site: TemplateContext

    /// Characters of the whole subject.
    static let limit = 110

    func text(for picks: [Pick]) -> String {
        guard let top = picks.first else { return "" }
        let title = DisplayText.line(top.paper.title)
        let others = Counted.morePapers(picks.count - 1)
        let frame = subject(title: "…", others: others).count - 1
        let shortened = Shortened.words(title.isEmpty ? top.paper.id.value : title, limit: max(20, Self.limit - frame))
        return subject(title: DisplayText.isolated(shortened), others: others)
    }

    private func subject(title: String, others: String?) -> String {
        var context = site
        context.set("title", title)
        context.set("others", others)
        // Isolates were put in on purpose, and everything else is one clean line already but for the template's own text.
        return templates.render(.digestSubject, context).split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}

/// The words an inbox shows behind the subject: what comes after the top paper.
enum Preheader {
    static func text(for picks: [Pick]) -> String {
        let titles = picks.dropFirst().prefix(3).map { Shortened.words(DisplayText.line($0.paper.title), limit: 70) }
        if !titles.isEmpty { return titles.joined(separator: " · ") }
        return picks.first.map { Shortened.abstract(DisplayText.line($0.paper.abstract), limit: 140) } ?? ""
    }
}
