extension TemplateSpecification {
    private static let mail = site.adding(.texts("subject", "preheader"))

    /// What the footer of a subscriber's mail says.
    private static let footer = TemplateShape.texts("address", "since", "preferencesURL", "unsubscribeURL")
    private static let footerLinks = ["unsubscribeURL", "preferencesURL", "postalLines"]

    static let mails: [TemplateSpecification] =
        digest + confirm + welcome + note + reminder + goodbye + newAddress + addressChanged

    private static let digest: [TemplateSpecification] = {
        let shape = mail.adding(footer).adding(.texts("day", "count", "more")).adding(["papers": .markup])
        let required = footerLinks + ["papers"]
        // The links by which a reader says what they think of the paper.
        let markable = site.adding(paper).adding(.texts("moreURL", "lessURL"))
        return [
            TemplateSpecification(.digestSubject, site.adding(.texts("title", "others", "day", "count"))),
            TemplateSpecification(.digestHTML, shape, required: required),
            TemplateSpecification(.digestText, shape, required: required),
            TemplateSpecification(.groupHTML, site.adding(.texts("group")), required: ["group"]),
            TemplateSpecification(.groupText, site.adding(.texts("group")), required: ["group"]),
            TemplateSpecification(.paperHTML, markable, required: ["title"]),
            TemplateSpecification(.paperText, markable, required: ["title"]),
        ]
    }()

    private static let confirm: [TemplateSpecification] = {
        let shape = mail.adding(.texts("address", "confirmURL", "lifetime")).adding([
            "again": .flag, "reminds": .flag,
        ])
        return [
            TemplateSpecification(.confirmSubject, site.adding(["again": .flag])),
            TemplateSpecification(.confirmHTML, shape, required: ["confirmURL", "postalLines"]),
            TemplateSpecification(.confirmText, shape, required: ["confirmURL", "postalLines"]),
        ]
    }()

    private static let welcome: [TemplateSpecification] = {
        let shape = mail.adding(footer).adding(.texts("topics", "firstDigest")).adding(["comesNow": .flag])
        return [
            TemplateSpecification(.welcomeSubject, site),
            TemplateSpecification(.welcomeHTML, shape, required: footerLinks),
            TemplateSpecification(.welcomeText, shape, required: footerLinks),
        ]
    }()

    private static let note: [TemplateSpecification] = {
        let shape = mail.adding(footer)
        return [
            TemplateSpecification(.noteSubject, site),
            TemplateSpecification(.noteHTML, shape, required: footerLinks),
            TemplateSpecification(.noteText, shape, required: footerLinks),
        ]
    }()

    private static let reminder: [TemplateSpecification] = {
        let shape = mail.adding(footer).adding(.texts("additionURL", "lifetime")).adding(["wereAsked": .flag])
        return [
            TemplateSpecification(.reminderSubject, site.adding(.texts("additionURL")).adding(["wereAsked": .flag])),
            TemplateSpecification(.reminderHTML, shape, required: footerLinks),
            TemplateSpecification(.reminderText, shape, required: footerLinks),
        ]
    }()

    private static let goodbye: [TemplateSpecification] = {
        let shape = mail.adding(.texts("address", "undoURL"))
        return [
            TemplateSpecification(.goodbyeSubject, site),
            TemplateSpecification(.goodbyeHTML, shape, required: ["postalLines"]),
            TemplateSpecification(.goodbyeText, shape, required: ["postalLines"]),
        ]
    }()

    private static let newAddress: [TemplateSpecification] = {
        let shape = mail.adding(.texts("address", "confirmURL", "lifetime"))
        return [
            TemplateSpecification(.newAddressSubject, site),
            TemplateSpecification(.newAddressHTML, shape, required: ["confirmURL", "postalLines"]),
            TemplateSpecification(.newAddressText, shape, required: ["confirmURL", "postalLines"]),
        ]
    }()

    private static let addressChanged: [TemplateSpecification] = {
        let shape = mail.adding(.texts("address"))
        return [
            TemplateSpecification(.addressChangedSubject, site),
            TemplateSpecification(.addressChangedHTML, shape, required: ["postalLines"]),
            TemplateSpecification(.addressChangedText, shape, required: ["postalLines"]),
        ]
    }()
}
