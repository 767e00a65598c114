import Foundation
import Mustache

/// The templates of all mails and pages, parsed and checked: what exists renders.
///
/// Values are escaped in `.html` templates and stand as they are in `.txt` and `.css` ones.
public struct TemplateSet: Sendable {
    private let library: MustacheLibrary

    /// Parses and checks the templates.
    ///
    /// - Parameters:
    ///   - embedded: text by file name; it must hold every ``TemplateName``.
    ///   - overrides: the path of a folder whose `.html`, `.txt` and `.css` files replace templates of the same names.
    /// - Throws: ``TemplateError`` for a template that does not parse, names an unknown value or lacks a link that every
    ///   mail must have, and for a folder that cannot be read or holds a template of an unknown name.
    public init(embedded: [String: String], overrides: String? = nil) throws(TemplateError) {
        let sources = try TemplateSources(embedded: embedded, overrides: overrides)
        var library = MustacheLibrary()
        var tags: [String: [TemplateTag]] = [:]
        for name in TemplateName.allCases {
            let source = try sources[name]
            tags[name.rawValue] = try TemplateScanner(file: source.place, text: source.text).tags()
            library.register(try Self.parse(source, isHTML: name.isHTML), named: name.rawValue)
        }
        let checker = TemplateChecker(tags: tags, places: sources.places)
        for specification in TemplateSpecification.all { try checker.check(specification) }
        self.library = library
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
