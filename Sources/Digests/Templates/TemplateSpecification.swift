/// What one template may name and what it must.
struct TemplateSpecification: Sendable {
    let name: TemplateName
    let shape: TemplateShape
    let required: [String]

    init(_ name: TemplateName, _ shape: TemplateShape, required: [String] = []) {
        self.name = name
        self.shape = shape
        self.required = required
    }

    /// Of every template that is rendered by itself; those included by others are checked where they are included.
    static let all = mails + pages + admin

    /// What an error says about a name that a template lacks.
    static func reason(for required: String) -> String {
        switch required {
        case "unsubscribeURL": "every mail to a subscriber shows how to leave"
        case "preferencesURL": "every mail to a subscriber shows where to change it"
        case "postalLines": "every mail shows the operator’s postal address"
        case "formStamp": "a form without it counts as filled in by a machine"
        case "papers": "a digest without its papers is empty"
        default: "what it is for does not work without"
        }
    }

    /// The installation, known to every template.
    static let site = TemplateShape([
        "siteName": .text, "siteURL": .text, "tagline": .text, "postalLines": .list(.texts("line")),
        "footerLine": .text, "logo": .list(.texts("logoWidth", "logoHeight")),
        "accent": .text, "accentDark": .text, "onAccent": .text, "onAccentDark": .text,
    ])

    /// Authors, organisation or date, with what follows the authors and the date in ISO 8601.
    private static let bylinePart = TemplateShape.texts("part", "tail", "stamp").adding(["follows": .flag])

    /// A count, or a link where it has an address.
    private static let mark = TemplateShape.texts("label", "markURL").adding(["follows": .flag])

    /// A paper in a mail and on a page.
    static let paper = TemplateShape.texts(
        "title", "url", "authors", "otherAuthors", "organization", "date", "upvotes", "comments", "stars",
        "abstract", "reasons", "note", "pdfURL", "codeURL", "projectURL", "discussionURL"
    ).adding([
        "byline": .list(bylinePart), "marks": .list(mark), "hasByline": .flag, "hasCounts": .flag, "isPinned": .flag,
    ])
}
