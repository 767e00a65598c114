/// How this installation shows itself in mails and on pages.
public struct SiteAppearance: Sendable {
    public var name: String
    /// One line under the name.
    public var tagline: String
    /// The operator's, of one or more lines.
    public var postalAddress: String
    /// One line at the end of mails and pages; empty for none.
    public var footer: String
    /// Of links and buttons; darkened or lightened where it could not be read otherwise.
    public var accent: Colour
    /// Above the name on pages; nil shows the name alone.
    public var logo: Logo?
    /// Without a trailing slash.
    public var baseURL: String

    public init(
        name: String, tagline: String, postalAddress: String, footer: String = "", accent: Colour, logo: Logo? = nil,
        baseURL: String
    ) {
        self.logo = logo
        self.footer = footer
        self.name = name
        self.tagline = tagline
        self.postalAddress = postalAddress
        self.accent = accent
        self.baseURL = baseURL
    }

    /// What every template knows about the installation.
    public var context: TemplateContext {
        let day = accent.readable(on: .paper)
        let night = accent.readable(on: .night)
        var context = TemplateContext()
        context.set("siteName", DisplayText.line(name))
        context.set("siteURL", WebAddress.link(baseURL + "/"))
        context.set("tagline", DisplayText.line(tagline))
        context.set(
            "postalLines",
            DisplayText.lines(postalAddress).map { line in
                var row = TemplateContext()
                row.set("line", line)
                return row
            })
        context.set("footerLine", DisplayText.line(footer))
        context.set(
            "logo",
            [logo].compactMap(\.self).map { logo in
                var picture = TemplateContext()
                picture.set("logoWidth", "\(logo.width)")
                picture.set("logoHeight", "\(logo.height)")
                return picture
            })
        context.set("accent", day.description)
        context.set("accentDark", night.description)
        context.set("onAccent", day.text.description)
        context.set("onAccentDark", night.text.description)
        return context
    }
}
