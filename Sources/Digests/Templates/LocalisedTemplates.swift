import Mail

/// The templates of all mails and pages in every language.
public struct LocalisedTemplates: Sendable {
    private let sets: [Language: TemplateSet]
    private let english: TemplateSet

    /// - Throws: ``TemplateError``, see ``TemplateSet/init(embedded:overrides:language:)``.
    public init(embedded: [String: String], overrides: String? = nil) throws(TemplateError) {
        let sources = try TemplateSources(embedded: embedded, overrides: overrides)
        var sets: [Language: TemplateSet] = [:]
        english = try TemplateSet(sources, .english)
        sets[.english] = english
        for language in Language.allCases where language != .english {
            sets[language] = try TemplateSet(sources, language)
        }
        self.sets = sets
    }

    public subscript(language: Language) -> TemplateSet { sets[language] ?? english }
}
