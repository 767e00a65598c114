import Digests

/// `/about`: what this is and how its lists are made.
struct AboutPage: Page {
    static let template = TemplateName.pageAbout
    func title(_ texts: Texts) -> String { texts[.about] }
    func meta(_ texts: Texts) -> PageMeta? {
        PageMeta(path: "/about", description: texts[.metaAbout])
    }
    var context: TemplateContext { TemplateContext() }
}

/// `/privacy`: what is stored of readers, and how it goes.
struct PrivacyPage: Page {
    static let template = TemplateName.pagePrivacy
    /// Where to write to.
    var contact: String
    func title(_ texts: Texts) -> String { texts[.privacy] }
    func meta(_ texts: Texts) -> PageMeta? {
        PageMeta(path: "/privacy", description: texts[.metaPrivacy])
    }

    var context: TemplateContext {
        var context = TemplateContext()
        context.set("contact", DisplayText.line(contact))
        return context
    }
}

/// `/imprint`: who runs the site.
struct ImprintPage: Page {
    static let template = TemplateName.pageImprint
    var operatorName: String
    /// Where to write to.
    var contact: String
    func title(_ texts: Texts) -> String { texts[.imprint] }
    func meta(_ texts: Texts) -> PageMeta? { PageMeta(path: "/imprint", description: texts[.metaImprint]) }

    var context: TemplateContext {
        var context = TemplateContext()
        context.set("operator", DisplayText.line(operatorName))
        context.set("contact", DisplayText.line(contact))
        return context
    }
}
