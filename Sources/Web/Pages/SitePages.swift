import Digests

/// `/about`: what this is and how its lists are made.
struct AboutPage: Page {
    static let template = TemplateName.pageAbout
    var title: String { "About" }
    func meta(_ texts: Texts) -> PageMeta? {
        PageMeta(path: "/about", description: "What this site is and how its lists are made.")
    }
    var context: TemplateContext { TemplateContext() }
}

/// `/privacy`: what is stored of readers, and how it goes.
struct PrivacyPage: Page {
    static let template = TemplateName.pagePrivacy
    /// Where to write to.
    var contact: String
    var title: String { "Privacy" }
    func meta(_ texts: Texts) -> PageMeta? {
        PageMeta(path: "/privacy", description: "What is stored of readers here, and what is not.")
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
    var title: String { "Imprint" }
    func meta(_ texts: Texts) -> PageMeta? { PageMeta(path: "/imprint", description: "Who runs this site.") }

    var context: TemplateContext {
        var context = TemplateContext()
        context.set("operator", DisplayText.line(operatorName))
        context.set("contact", DisplayText.line(contact))
        return context
    }
}
