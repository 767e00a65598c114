/// Makes mails: digests by the edition, and those about the subscription one by one.
public struct DigestRenderer: Sendable {
    let templates: TemplateSet
    var texts: Texts { templates.texts }
    let site: SiteAppearance

    public init(templates: TemplateSet, site: SiteAppearance) {
        self.templates = templates
        self.site = site
    }

    /// Digests that share their papers: one round of sending. A paper looks the same in all of them, as it was when it first
    /// came up.
    public func edition() -> DigestEdition { DigestEdition(templates: templates, site: site) }
}
