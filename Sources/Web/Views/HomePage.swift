import Core
import Digests
import Papers
import Workers

/// `/`, `/week`, `/month`, `/trending` and `/papers/PERIOD`: the papers of a period in their order, and the box to subscribe.
///
/// The form posts `email`, `topic` (repeated), `filter` (one, where the page was asked for with it), `stamp` (see
/// `FormStamp`) and `website`, which people never see and leave empty, to `/subscribe`.
struct HomePage: Page {
    static let template = TemplateName.pageHome

    /// What is listed.
    enum Span: Hashable, Sendable {
        /// The latest day that had papers.
        case latest(CivilDate)
        /// What ends now.
        case trending(TrendingPeriod)
        /// A day, week or month of the past.
        case period(ListPeriod)
    }

    var span: Span
    /// In the order in which they are shown.
    var papers: [ListedPaper]
    /// Papers of the period altogether, on this page and on others.
    var count: Int
    /// Counts from 1.
    var number = 1
    /// The periods of the same kind before and after that have papers.
    var previous: ListPeriod?
    var next: ListPeriod?
    var topics: [TopicTick]
    /// What the box asks for beside topics, in the filter language.
    var filter: WantedFilter?
    /// When the form was shown, see `FormStamp`.
    var stamp = ""
    /// What was typed before, where the form comes back.
    var email: String?
    /// What is wrong with it.
    var problem: String?

    /// The most papers of one page; the others have pages of their own.
    static let mostPapers = 30

    init(
        _ span: Span, papers: [ListedPaper], count: Int? = nil, topics: [TopicTick], email: String? = nil,
        problem: String? = nil
    ) {
        self.span = span
        self.papers = papers
        self.count = count ?? papers.count
        self.topics = topics
        self.email = email
        self.problem = problem
    }

    func title(_ texts: Texts) -> String {
        switch span {
        case .latest: texts[.papersOfToday]
        case .trending: heading(texts)
        case .period(let period):
            period.kind == .day
                ? texts(.papersOfDay, ["day": texts.plain(period.firstDay)]) : Self.name(of: period, texts)
        }
    }

    /// What stands above the list.
    private func heading(_ texts: Texts) -> String {
        switch span {
        case .latest(let day): texts.long(day)
        case .trending(.day): texts[.navToday]
        case .trending(.week): texts[.headingWeek]
        case .trending(.month): texts[.headingMonth]
        case .trending(.now): texts[.headingTrending]
        case .period(let period): Self.name(of: period, texts)
        }
    }

    /// The day, week or month in words.
    static func name(of period: ListPeriod, _ texts: Texts) -> String {
        let (first, last) = (period.firstDay, period.lastDay)
        return switch period.kind {
        case .day: texts.long(first)
        case .week:
            texts(
                .listWeek,
                ["week": String(period.isoWeek.week), "first": texts.plain(first), "last": texts.plain(last)])
        case .month: texts.month(of: first)
        }
    }

    var section: SiteSection? {
        switch span {
        case .latest: .today
        case .trending(.day): nil
        case .trending(.week): .week
        case .trending(.month): .month
        case .trending(.now): .trending
        case .period: nil
        }
    }

    /// Of the list's first page.
    private var path: String {
        if case .period(let period) = span { "/papers/\(period)" } else { section?.path ?? "/" }
    }

    private func path(page: Int) -> String { page > 1 ? "\(path)?page=\(page)" : path }
    private var hasMore: Bool { number * Self.mostPapers < count }

    func meta(_ texts: Texts) -> PageMeta? {
        PageMeta(
            path: path(page: number), description: description(texts),
            previous: number > 1 ? path(page: number - 1) : previous.map { "/papers/\($0)" },
            next: hasMore ? path(page: number + 1) : next.map { "/papers/\($0)" }, feedList: path,
            isIndexed: !papers.isEmpty || span.isOpen)
    }

    /// What fills in the box stays with it.
    func languagePath(_ texts: Texts) -> String? {
        if number == 1, case .latest = span {
            if let filter { return filter.subscribePath }
            if let topic = topics.first(where: \.isTicked) { return SiteAddress.subscribe(topic: topic.slug) }
        }
        return path(page: number)
    }

    private func description(_ texts: Texts) -> String? {
        guard let first = papers.first?.paper else { return nil }
        return texts(.metaList, ["papers": texts.counted(.papers, count), "title": texts.title(of: first)])
    }

    func context(_ texts: Texts) -> TemplateContext { context(texts, abstractLimit: 600) }

    func render(_ templates: TemplateSet, site: SiteAppearance) -> String {
        FittingPage.render { limit in
            var context = context(templates.texts, abstractLimit: limit)
            if case .latest = span, number == 1 {
                context.set("title", "\(DisplayText.line(site.name)): \(DisplayText.line(site.tagline))")
            }
            return templates.render(Self.template, fullContext(templates.texts, site, context))
        }
    }

    private func context(_ texts: Texts, abstractLimit: Int) -> TemplateContext {
        var context = TemplateContext()
        context.set("heading", heading(texts))
        context.set("isoDay", isoDay)
        context.set("count", count == 0 ? nil : texts.counted(.papers, count))
        context.set("isOpen", span.isOpen)
        context.set("earlierURL", previous.map { "/papers/\($0)" })
        context.set("earlier", previous.map { Self.name(of: $0, texts) })
        context.set("laterURL", next.map { "/papers/\($0)" })
        context.set("later", next.map { Self.name(of: $0, texts) })
        context.set("more", hasMore ? texts.some(.morePapers, count - number * Self.mostPapers) : nil)
        context.set("moreURL", hasMore ? path(page: number + 1) : nil)
        context.set("lessURL", number > 1 ? path(page: number - 1) : nil)
        context.set("start", String((number - 1) * Self.mostPapers + 1))
        context.set("isContinued", number > 1)
        context.set("formStamp", stamp)
        context.set("email", email.map(DisplayText.line))
        context.set("filter", filter?.shown)
        context.set("problem", problem.map(DisplayText.line))
        context.set("papers", papers.map { $0.context(texts, abstractLimit: abstractLimit) })
        context.set("topics", topics.map(\.context))
        context.set("topicsAreOpen", topics.contains(where: \.isTicked))
        return context
    }

    private var isoDay: String? {
        switch span {
        case .latest(let day): day.description
        case .period(let period) where period.kind == .day: period.description
        default: nil
        }
    }
}

/// A filter in the box to subscribe.
enum WantedFilter: Sendable, Equatable {
    case text(String)
    /// Any: the page is kept, and the text filled in when it is shown.
    case open

    fileprivate var shown: String {
        switch self {
        case .text(let text): DisplayText.line(text)
        case .open: RenderedPage.Gap.filter.mark
        }
    }

    /// The first page with the box filled in.
    fileprivate var subscribePath: String {
        switch self {
        case .text(let text): SiteAddress.subscribe(filter: text)
        case .open: SiteAddress.subscribe(filter: "") + RenderedPage.Gap.filterInAddress.mark
        }
    }
}

extension HomePage.Span {
    /// Whether papers may still come in.
    var isOpen: Bool { if case .period = self { false } else { true } }
}
