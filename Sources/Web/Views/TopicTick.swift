import Digests

/// A topic in a form, ticked or not.
struct TopicTick: Sendable, Equatable {
    /// What the form's field `topic` holds.
    var slug: String
    var title: String
    /// One sentence.
    var about: String
    var isTicked: Bool

    init(slug: String, title: String, about: String, isTicked: Bool = false) {
        self.slug = slug
        self.title = title
        self.about = about
        self.isTicked = isTicked
    }

    var context: TemplateContext {
        var context = TemplateContext()
        context.set("slug", slug)
        context.set("title", DisplayText.line(title))
        context.set("about", DisplayText.line(about))
        context.set("isTicked", isTicked)
        return context
    }
}
