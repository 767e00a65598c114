import Core
import Foundation
import Mail
import Mustache

/// The templates of all mails and pages in one language, parsed and checked: what exists renders.
///
/// Values are escaped in `.html` templates and stand as they are in `.txt` and `.css` ones. `{{t.key}}` in a template is the
/// text of that key in `strings-LANGUAGE.yaml`: it is put in before the template is parsed, so it may name values itself and
/// costs nothing later.
public struct TemplateSet: Sendable {
    private let library: MustacheLibrary

    /// What is said outside templates.
    public let texts: Texts

    /// Parses and checks the templates.
    ///
    /// - Parameters:
    ///   - embedded: text by file name; it must hold every ``TemplateName`` and the language's strings.
    ///   - overrides: the path of a folder whose `.html`, `.txt` and `.css` files replace templates of the same names; in a
    ///     `strings-LANGUAGE.yaml`, each text that it holds.
    ///   - settings: texts of templates that stand in the settings and win over files, with the places that errors name.
    /// - Throws: ``TemplateError`` for a template that does not parse, names an unknown value or text, or lacks a link that
    ///   every mail must have; for a text that is missing or that nothing uses; and for a folder that cannot be read or
    ///   holds a template of an unknown name.
    public init(
        embedded: [String: String], overrides: String? = nil,
        settings: [TemplateName: (place: String, text: String)] = [:], language: Language = .english
    ) throws(TemplateError) {
        try self.init(
            try TemplateSources(embedded: embedded, overrides: overrides, settings: settings), language)
    }

    init(_ sources: TemplateSources, _ language: Language) throws(TemplateError) {
        let table = try sources.table(language)
        let expansion = TextExpansion(table: table)
        var library = MustacheLibrary()
        var tags: [String: [TemplateTag]] = [:]
        for name in TemplateName.allCases {
            let source = try sources[name]
            let expanded = try expansion.expand(source, isHTML: name.isHTML)
            tags[name.rawValue] = expanded.tags
            library.register(
                try Self.parse(.init(place: source.place, text: expanded.text), isHTML: name.isHTML),
                named: name.rawValue)
        }
        try TextChecker(language: language, table: table, used: sources.usedKeys).check()
        let checker = TemplateChecker(tags: tags, places: sources.places)
        for specification in TemplateSpecification.all { try checker.check(specification) }
        self.library = library
        texts = Texts(language, table)
    }

    /// Renders a template.
    public func render(_ name: TemplateName, _ context: TemplateContext) -> String {
        // Never empty for want of a template: the initialiser has seen each name.
        library.render(context.object, withTemplate: name.rawValue) ?? ""
    }

    /// Renders a template to one line: line ends and control characters become blanks, so that it may stand in a header.
    public func renderLine(_ name: TemplateName, _ context: TemplateContext) -> String {
        DisplayText.line(render(name, context))
    }

    private static func parse(_ source: TemplateSources.Source, isHTML: Bool) throws(TemplateError) -> MustacheTemplate
    {
        do {
            // Each partial starts as HTML again, so each file says what it is. The line itself leaves no trace.
            return try MustacheTemplate(string: isHTML ? source.text : "{{% CONTENT_TYPE:TEXT}}\n" + source.text)
        } catch let error as MustacheTemplate.ParserError {
            throw TemplateError(
                source.place, line: error.context.lineNumber - (isHTML ? 0 : 1), "does not parse (\(error.error))",
                mend: "see https://mustache.github.io/mustache.5.html")
        } catch {
            throw TemplateError(
                source.place, "does not parse (\(error))", mend: "see https://mustache.github.io/mustache.5.html")
        }
    }
}
