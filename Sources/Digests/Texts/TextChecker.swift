import Core
import Mail

/// Holds a language's texts against what uses them: templates and the program.
struct TextChecker {
    let language: Language
    let table: StringTable
    /// Keys that some template names.
    let used: Set<String>

    /// - Throws: ``TemplateError`` for the first text that the program lacks, that names an unknown value or that nothing
    ///   uses.
    func check() throws(TemplateError) {
        for name in TextName.allCases { try check(name.rawValue, values: name.values) }
        for name in FilterTextName.all { try check(name.key, values: name.values) }
        for name in GuideTextName.allCases { try check(name.key, values: name.values) }
        for name in CountedName.allCases {
            for form in PluralForm.all(in: language) {
                try check("\(name.rawValue).\(form.rawValue)", values: ["count"])
            }
        }
        // Ours stay where somebody's own template has no more use for them; the tests hold our own templates to them.
        let builtIn = Set(Language.allCases.map(StringTable.fileName))
        if let (key, entry) = unused.first(where: { !builtIn.contains($0.entry.file) }) {
            throw TemplateError(
                entry.file, line: entry.line, "nothing uses the text “\(key)”",
                mend: "remove it, or name it in a template as {{t.\(key)}}")
        }
    }

    /// The texts that neither a template nor the program names, by their lines.
    var unused: [(key: String, entry: StringTable.Entry)] {
        let known = used.union(TextName.allCases.map(\.rawValue)).union(FilterTextName.all.map(\.key))
            .union(GuideTextName.allCases.map(\.key))
        return table.entries.filter { key, _ in !known.contains(key) && !Self.isCounted(key) }
            .map { (key: $0.key, entry: $0.value) }.sorted { $0.entry.line < $1.entry.line }
    }

    private func check(_ key: String, values: Set<String>) throws(TemplateError) {
        guard let entry = table.entries[key] else {
            throw TemplateError(table.file, "lacks the text “\(key)”", mend: "add a line `\(key): '…'`")
        }
        for tag in entry.tags where tag.kind != .variable || !values.contains(tag.name) {
            throw TemplateError(
                entry.file, line: entry.line, "there is no “\(tag.name)” for the text “\(key)”",
                mend: values.isEmpty
                    ? "use plain words" : "use \(values.sorted().map { "{{\($0)}}" }.joined(separator: ", "))"
            )
        }
    }

    private static func isCounted(_ key: String) -> Bool {
        CountedName.allCases.contains { key == "\($0.rawValue).one" || key == "\($0.rawValue).other" }
    }
}
