import Core
import Digests

/// A page as a view model: what it says, apart from how it looks.
///
/// A page that says nothing but what its template does needs no texts and gives ``title`` and ``context``; another gives the
/// functions of those names.
protocol Page: Sendable {
    static var template: TemplateName { get }
    /// In the browser's tab, without the site's name.
    var title: String { get }
    var context: TemplateContext { get }
    /// The same in the language of `texts`.
    func title(_ texts: Texts) -> String
    func context(_ texts: Texts) -> TemplateContext
    /// Nil for pages that are one reader's own, which search engines must not list.
    func meta(_ texts: Texts) -> PageMeta?
    /// Where in the site's navigation it is.
    var section: SiteSection? { get }
    /// The path to which somebody who chooses another language comes back; nil for pages of one reader, who chooses with
    /// their preferences, and for answers that have no address.
    func languagePath(_ texts: Texts) -> String?
    /// The whole HTML document; those that list papers shorten abstracts until it fits.
    func render(_ templates: TemplateSet, site: SiteAppearance) -> String
}

extension Page {
    var title: String { "" }
    var context: TemplateContext { TemplateContext() }
    func title(_ texts: Texts) -> String { title }
    func context(_ texts: Texts) -> TemplateContext { context }
    func meta(_ texts: Texts) -> PageMeta? { nil }
    var section: SiteSection? { nil }
    func languagePath(_ texts: Texts) -> String? { meta(texts)?.path }

    /// The whole HTML document.
    func render(_ templates: TemplateSet, site: SiteAppearance) -> String {
        templates.render(Self.template, fullContext(templates.texts, site))
    }

    func fullContext(_ texts: Texts, _ site: SiteAppearance) -> TemplateContext {
        fullContext(texts, site, context(texts))
    }

    /// - Parameter context: the page's own, where it has several.
    func fullContext(_ texts: Texts, _ site: SiteAppearance, _ context: TemplateContext) -> TemplateContext {
        var context = site.context.adding(context)
        if context["title"] == nil { context.set("title", "\(title(texts)) · \(DisplayText.line(site.name))") }
        context.set("navigation", SiteSection.navigation(section, texts))
        context.set("isPosted", CurrentForm.isPosted)
        meta(texts)?.fill(&context, baseURL: site.baseURL)
        if let path = languagePath(texts) {
            context.set("languagePath", path)
            context.set("siteLanguages", LanguageSwitch.choices(texts.language))
        }
        return context
    }
}

/// `/style.css`: the only style of all pages, in the installation's colour.
enum StyleSheet {
    static func render(_ templates: TemplateSet, site: SiteAppearance) -> String {
        templates.render(.style, site.context)
    }
}
