import Core
import Mail

/// The templates of all mails and pages in every language.
public struct LocalisedTemplates: Sendable {
    private let sets: ByLanguage<TemplateSet>

    /// - Throws: ``TemplateError``, see ``TemplateSet/init(embedded:overrides:language:)``.
    public init(
        embedded: [String: String], overrides: String? = nil,
        settings: [TemplateName: (place: String, text: String)] = [:]
    ) throws(TemplateError) {
        let sources = try TemplateSources(embedded: embedded, overrides: overrides, settings: settings)
        sets = try ByLanguage { language throws(TemplateError) in try TemplateSet(sources, language) }
    }

    public subscript(language: Language) -> TemplateSet { sets[language] }
}
