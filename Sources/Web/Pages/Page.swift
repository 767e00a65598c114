import Digests

/// A page as a view model: what it says, apart from how it looks.
protocol Page: Sendable {
    static var template: TemplateName { get }
    /// In the browser's tab, without the site's name.
    var title: String { get }
    var context: TemplateContext { get }
}

extension Page {
    /// The whole HTML document.
    func render(_ templates: TemplateSet, site: SiteAppearance) -> String {
        templates.render(Self.template, fullContext(site))
    }

    func fullContext(_ site: SiteAppearance) -> TemplateContext {
        var context = site.context.adding(context)
        if context["title"] == nil { context.set("title", "\(title) · \(DisplayText.line(site.name))") }
        return context
    }
}

/// `/style.css`: the only style of all pages, in the installation's colour.
enum StyleSheet {
    static func render(_ templates: TemplateSet, site: SiteAppearance) -> String {
        templates.render(.style, site.context)
    }
}
