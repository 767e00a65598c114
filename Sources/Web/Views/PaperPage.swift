import Core
import Digests
import Foundation
import Papers

/// `/paper/2511.01234`: one paper, whole, and what is like it.
struct PaperPage: Page {
    static let template = TemplateName.pagePaper

    /// A feed that listed the paper.
    struct Sighting: Sendable {
        var feed: String
        var day: CivilDate
    }

    var paper: ListedPaper
    /// The topics whose filters find it.
    var topics: [(slug: String, title: String)] = []
    /// In order of time.
    var sightings: [Sighting] = []
    /// The likest first.
    var related: [ListedPaper] = []

    init(_ paper: ListedPaper) { self.paper = paper }

    /// Authors who are named with a link; of large collaborations the others are named without, as far as there is room.
    private static let linkedAuthors = 12
    private static let authorBytes = 12_000
    /// An abstract is shown whole; what is longer than this is none.
    private static let abstractLimit = 20_000
    private static let relatedAbstract = 280

    var title: String {
        let title = DisplayText.line(paper.paper.title)
        return title.isEmpty ? paper.paper.id.value : title
    }

    func meta(_ texts: Texts) -> PageMeta? {
        let abstract = paper.paper.abstract
        return PageMeta(
            path: paper.address, description: abstract.isEmpty ? labelledSynopsis(texts) : abstract, kind: "article",
            exports: CitationFormat.allCases.map { ($0, SiteAddress.export(ofPaper: paper.address, $0)) })
    }

    func render(_ templates: TemplateSet, site: SiteAppearance) -> String {
        var context = context(templates.texts)
        CitationTags(paper.paper, page: site.baseURL + paper.address).fill(&context)
        return templates.render(Self.template, fullContext(templates.texts, site, context))
    }

    func context(_ texts: Texts) -> TemplateContext {
        let paper = paper.paper
        var context = self.paper.context(texts, abstractLimit: Self.abstractLimit)
        context["title"] = nil
        let heading = texts.title(of: paper)
        context.set("heading", heading.isEmpty ? title : heading)
        context.set("synopsis", paper.synopsis.map(DisplayText.line))
        context.set("isSynopsisByMachine", paper.isSynopsisByMachine)
        setAuthors(in: &context, texts)
        context.set("journal", paper.journal.map(DisplayText.line))
        let day = paper.publishedAt.map { CivilZone.utc.day(of: $0) }
        context.set("date", day.map(texts.plain))
        context.set("isoDay", day?.description)
        context.set("identifier", Self.identifier(paper.id))
        context.set("hasCategories", !paper.categories.isEmpty)
        context.set("hasTopics", !topics.isEmpty)
        context.set("categories", paper.categories.map { searchLink($0, "cat:") }.inRow)
        context.set("keywords", texts.list(paper.keywords.map(DisplayText.line)))
        context.set("topics", topics.map { link($0.title, SiteAddress.topic($0.slug)) }.inRow)
        context.set("sightings", sightings.map { sighting($0, texts) }.inRow)
        context.set("hasRelated", !related.isEmpty)
        context.set("related", related.map { $0.context(texts, abstractLimit: Self.relatedAbstract) })
        return context
    }

    /// In words alone, which say it where a machine wrote them.
    private func labelledSynopsis(_ texts: Texts) -> String? {
        guard let synopsis = paper.paper.synopsis, paper.paper.isSynopsisByMachine else {
            return paper.paper.synopsis
        }
        return texts(.aiSummaryLine, ["text": synopsis])
    }

    private static func identifier(_ id: PaperID) -> String? {
        switch id.scheme {
        case .arxiv: "arXiv:\(id.value)"
        case .doi: "doi:\(DisplayText.line(id.value))"
        case .url, .entry: nil
        }
    }

    private func setAuthors(in context: inout TemplateContext, _ texts: Texts) {
        let names = paper.paper.authors.map { DisplayText.line($0.name) }.filter { !$0.isEmpty }
        context.set("people", names.prefix(Self.linkedAuthors).map { searchLink($0, "author:") }.inRow)
        var named: [String] = []
        var room = Self.authorBytes
        for name in names.dropFirst(Self.linkedAuthors) {
            room -= name.utf8.count + 2
            guard room > 0 else { break }
            named.append(name)
        }
        let others = names.count - min(names.count, Self.linkedAuthors) - named.count
        context.set("othersCount", texts.some(.moreAuthors, names.count - Self.linkedAuthors))
        context.set("otherPeople", named.joined(separator: ", "))
        context.set("unnamed", texts.some(.moreAuthors, others))
    }

    private func searchLink(_ text: String, _ field: String) -> TemplateContext {
        let value = DisplayText.line(text).replacingOccurrences(of: "\"", with: " ")
        return link(DisplayText.line(text), SiteAddress.search("\(field)\"\(value)\""))
    }

    private func link(_ label: String, _ address: String) -> TemplateContext {
        var context = TemplateContext()
        context.set("label", DisplayText.line(label))
        context.set("address", address)
        return context
    }

    private func sighting(_ sighting: Sighting, _ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set("feed", DisplayText.line(sighting.feed))
        context.set("day", texts.plain(sighting.day))
        context.set("isoDay", sighting.day.description)
        return context
    }
}
