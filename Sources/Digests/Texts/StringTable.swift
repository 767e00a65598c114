import Core
import Mail
import Yams

/// The texts of one language by their keys, as `Templates/strings-LANGUAGE.yaml` has them.
struct StringTable: Sendable {
    struct Entry: Sendable {
        /// For HTML; it may hold names of values and simple markup.
        let text: String
        /// The same without markup, for everything else.
        let plain: String
        /// The names of values in it.
        let tags: [TemplateTag]
        /// What an error calls its file, and its line there.
        let file: String
        let line: Int
    }

    /// What an error calls the file of the language.
    let file: String
    private(set) var entries: [String: Entry]

    /// The name of a language's file.
    static func fileName(_ language: Language) -> String { "strings-\(language.rawValue).yaml" }

    /// - Throws: ``TemplateError`` with the line of what is no YAML, no `key: text`, or a text with a tag that is not
    ///   closed.
    init(_ source: TemplateSources.Source) throws(TemplateError) {
        file = source.place
        entries = [:]
        for (key, value) in try Self.mapping(source) {
            let line = key.mark?.line ?? 1
            guard let name = key.scalar?.string, let text = value.scalar?.string, Self.isKey(name) else {
                throw TemplateError(
                    file, line: line, "this is not a text with a key",
                    mend: "write `key: 'text'`, the key in small letters, digits, hyphens and dots")
            }
            let line1 = text.split(whereSeparator: \.isNewline).joined(separator: " ")
            let tags = try TemplateScanner(file: file, text: line1, firstLine: line).tags()
            guard tags.allSatisfy({ [.variable, .section, .inverted, .end].contains($0.kind) }) else {
                throw TemplateError(
                    file, line: line, "the text “\(name)” holds a tag that a text must not",
                    mend: "use names of values, {{name}}, and sections, {{#name}}…{{/name}}")
            }
            entries[name] = Entry(
                text: line1, plain: TextMarkup.plain(line1), tags: tags.map { $0.placed(in: file) }, file: file,
                line: line)
        }
    }

    /// These texts and in place of those of the same keys the ones of another file.
    func overridden(by other: StringTable) -> StringTable {
        var table = other
        table.entries = entries.merging(other.entries) { _, new in new }
        return table
    }

    private static func mapping(_ source: TemplateSources.Source) throws(TemplateError) -> [(Node, Node)] {
        let root: Node?
        do {
            root = try Yams.compose(yaml: source.text)
        } catch {
            throw TemplateError(
                source.place, line: (error as? YamlError).flatMap(line), "is not valid YAML",
                mend: "put each text between single quotes, and write one within it twice")
        }
        guard let root else { return [] }
        guard let mapping = root.mapping else {
            throw TemplateError(source.place, "holds no texts", mend: "write `key: 'text'` on each line")
        }
        return mapping.map { ($0.key, $0.value) }
    }

    private static func line(_ error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }

    private static func isKey(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy {
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || 48...57 ~= $0 || $0 == 45 || $0 == 46
            }
    }
}
