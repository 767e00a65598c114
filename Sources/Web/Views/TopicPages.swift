import Digests
import Papers

/// `/topics`: every topic in a sentence, and how much it brings.
struct TopicsPage: Page {
    static let template = TemplateName.pageTopics

    struct Row: Sendable {
        var slug: String
        var title: String
        /// One sentence.
        var about: String
        /// Papers of the last seven days.
        var papers: Int
    }

    var rows: [Row]
    /// How many of the last seven days had papers at all.
    var days: Int

    func title(_ texts: Texts) -> String { texts[.topics] }
    var section: SiteSection? { .topics }
    func meta(_ texts: Texts) -> PageMeta? {
        PageMeta(
            path: "/topics",
            description: texts(.metaTopics, ["topics": texts.counted(.topics, rows.count)]))
    }

    func context(_ texts: Texts) -> TemplateContext {
        var context = TemplateContext()
        context.set(
            "topics",
            rows.map { row in
                var context = TemplateContext()
                context.set("address", SiteAddress.topic(row.slug))
                context.set("title", DisplayText.line(row.title))
                context.set("about", DisplayText.line(row.about))
                context.set("pace", pace(row.papers, texts))
                return context
            })
        return context
    }
}

extension TopicsPage {
    private func pace(_ papers: Int, _ texts: Texts) -> String {
        guard papers > 0 else { return texts[.paceNone] }
        let daily = Double(papers) / Double(max(1, days))
        return daily < 1
            ? texts(.paceWeek, ["papers": texts.counted(.papers, papers)])
            : texts(.paceDay, ["papers": texts.counted(.papers, Int(daily.rounded()))])
    }
}

/// `/topics/SLUG`: the papers of a topic, the newest first.
struct TopicPage: Page {
    static let template = TemplateName.pageTopic

    var slug: String
    var heading: String
    /// One sentence.
    var about: String
    /// The filter that makes the topic.
    var filter: String
    var papers: [ListedPaper]
    /// Where newer and older ones are, as paths.
    var newerURL: String?
    var olderURL: String?

    var title: String { DisplayText.line(heading) }
    var section: SiteSection? { .topics }

    func meta(_ texts: Texts) -> PageMeta? {
        let path = SiteAddress.topic(slug)
        return PageMeta(
            path: path, description: about, previous: newerURL, next: olderURL, feedList: path,
            // The pages behind the first hold other papers every day.
            isIndexed: newerURL == nil)
    }

    func render(_ templates: TemplateSet, site: SiteAppearance) -> String {
        FittingPage.render { limit in
            templates.render(
                Self.template,
                fullContext(templates.texts, site, context(templates.texts, abstractLimit: min(limit, 400))))
        }
    }

    func context(_ texts: Texts) -> TemplateContext { context(texts, abstractLimit: 400) }

    private func context(_ texts: Texts, abstractLimit: Int) -> TemplateContext {
        var context = TemplateContext()
        context.set("heading", title)
        context.set("about", DisplayText.line(about))
        context.set("filter", DisplayText.line(filter))
        context.set("papers", papers.map { $0.context(texts, abstractLimit: abstractLimit) })
        context.set("newerURL", newerURL)
        context.set("olderURL", olderURL)
        context.set("subscribeURL", SiteAddress.subscribe(topic: slug))
        return context
    }
}
