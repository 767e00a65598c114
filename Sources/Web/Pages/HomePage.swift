import Digests
import Papers
import Workers

/// `/`, `/week` and `/month`: the papers of a period in their order, and the box to subscribe.
///
/// The form posts `email`, `topic` (repeated), `stamp` (see `FormStamp`) and `website`, which people never see and leave
/// empty, to `/subscribe`.
struct HomePage: Page {
    static let template = TemplateName.pageHome

    /// The latest day that had papers.
    var day: CalendarDay
    var period: TrendingPeriod
    /// In the order in which they are shown.
    var papers: [Paper]
    /// Papers of the period that are not shown.
    var more = 0
    var topics: [TopicTick]
    /// When the form was shown, see `FormStamp`.
    var stamp: String
    /// What was typed before, where the form comes back.
    var email: String?
    /// What is wrong with it.
    var problem: String?

    init(
        day: CalendarDay, period: TrendingPeriod = .day, papers: [Paper], more: Int = 0, topics: [TopicTick],
        stamp: String = "", email: String? = nil, problem: String? = nil
    ) {
        self.day = day
        self.period = period
        self.papers = papers
        self.more = more
        self.topics = topics
        self.stamp = stamp
        self.email = email
        self.problem = problem
    }

    var title: String { Self.heading(period) ?? "Today’s papers" }

    /// What stands above the list; nil where it is the day's date.
    private static func heading(_ period: TrendingPeriod) -> String? {
        switch period {
        case .day: nil
        case .week: "The last seven days"
        case .month: "The last thirty days"
        }
    }

    private var periods: [TemplateContext] {
        [(TrendingPeriod.day, "/", "Today"), (.week, "/week", "This week"), (.month, "/month", "This month")].map {
            var context = TemplateContext()
            context.set("address", $0.1)
            context.set("label", $0.2)
            context.set("isChosen", $0.0 == period)
            return context
        }
    }

    /// The most bytes of the page; abstracts shrink until it fits.
    static let maxBytes = 60_000
    private static let abstractLimits = [600, 400, 240, 120, 0]

    func context(_ texts: Texts) -> TemplateContext { context(texts, abstractLimit: Self.abstractLimits[0]) }

    func render(_ templates: TemplateSet, site: SiteAppearance) -> String {
        var html = ""
        for limit in Self.abstractLimits {
            let context = site.context.adding(context(templates.texts, abstractLimit: limit)).adding(titleContext(site))
            html = templates.render(Self.template, context)
            if html.utf8.count <= Self.maxBytes { break }
        }
        return html
    }

    private func titleContext(_ site: SiteAppearance) -> TemplateContext {
        var context = TemplateContext()
        let name = DisplayText.line(site.name)
        context.set(
            "title",
            period == .day ? "\(name): \(DisplayText.line(site.tagline))" : "\(title) · \(name)")
        return context
    }

    private func context(_ texts: Texts, abstractLimit: Int) -> TemplateContext {
        var context = TemplateContext()
        context.set("day", Self.heading(period) ?? texts.long(day))
        context.set("isoDay", period == .day ? day.description : nil)
        context.set("periods", periods)
        context.set("count", papers.isEmpty ? nil : texts.counted(.papers, papers.count + more))
        context.set("more", texts.some(.morePapers, more))
        context.set("formStamp", stamp)
        context.set("email", email.map(DisplayText.line))
        context.set("problem", problem.map(DisplayText.line))
        context.set("papers", papers.map { PaperContext.context(of: $0, abstractLimit: abstractLimit, texts: texts) })
        context.set("topics", topics.map(\.context))
        context.set("topicsAreOpen", topics.contains(where: \.isTicked))
        return context
    }
}
