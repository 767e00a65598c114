import Core
import Foundation
import Mail

/// The texts of all templates and of all languages: built in, or from a folder where it has one of that name.
struct TemplateSources {
    struct Source {
        /// What an error calls it.
        let place: String
        let text: String
    }

    private let embedded: [String: Source]
    private var overrides: [String: Source] = [:]

    /// What an error calls each template, by its name.
    var places: [String: String] { embedded.merging(overrides) { _, new in new }.mapValues(\.place) }

    subscript(name: TemplateName) -> Source {
        get throws(TemplateError) {
            guard let source = overrides[name.rawValue] ?? embedded[name.rawValue] else {
                throw TemplateError(name.rawValue, "is missing", mend: "build the program with all files of Templates/")
            }
            return source
        }
    }

    /// - Parameter settings: a text by template name that wins over both, and what an error calls it.
    init(
        embedded: [String: String], overrides folder: String?,
        settings: [TemplateName: (place: String, text: String)] = [:]
    ) throws(TemplateError) {
        self.embedded = embedded.reduce(into: [:]) { sources, template in
            sources[template.key] = Source(place: template.key, text: Self.unixLines(template.value))
        }
        defer {
            for (name, setting) in settings {
                overrides[name.rawValue] = Source(place: setting.place, text: Self.unixLines(setting.text))
            }
        }
        guard let folder else { return }
        for name in try Self.files(of: folder) {
            guard Self.names.contains(name) else {
                throw TemplateError(
                    "\(folder)/\(name)", "replaces no template",
                    mend: "name it as one of \(Self.names.joined(separator: ", "))")
            }
            overrides[name] = Source(place: "\(folder)/\(name)", text: try Self.read("\(folder)/\(name)"))
        }
    }

    /// The texts of a language. A file of the folder replaces only those that it holds; what no file of the language holds
    /// is said in English.
    func table(_ language: Language) throws(TemplateError) -> StringTable {
        let table = try ownTable(language)
        return language == .english ? table : try self.table(.english).overridden(by: table)
    }

    /// The texts that the files of a language hold.
    func ownTable(_ language: Language) throws(TemplateError) -> StringTable {
        let name = StringTable.fileName(language)
        guard let source = embedded[name] else {
            throw TemplateError(name, "is missing", mend: "build the program with all files of Templates/")
        }
        let table = try StringTable(source)
        guard let source = overrides[name] else { return table }
        return table.overridden(by: try StringTable(source))
    }

    /// The keys of texts that templates name, replaced ones too: what somebody no longer uses stays in our table.
    var usedKeys: Set<String> {
        var keys: Set<String> = []
        for (name, source) in Array(embedded) + Array(overrides) where TemplateName(rawValue: name) != nil {
            var rest = source.text[...]
            while let reference = TextReference.first(in: rest) {
                keys.insert(reference.key)
                rest = rest[reference.range.upperBound...]
            }
        }
        return keys
    }

    /// The files there may be.
    private static let names = TemplateName.allCases.map(\.rawValue) + Language.allCases.map(StringTable.fileName)

    private static func files(of folder: String) throws(TemplateError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter { name in
                !name.hasPrefix(".")
                    && (TemplateName.endings.contains(where: name.hasSuffix)
                        || (name.hasPrefix("strings-") && name.hasSuffix(".yaml")))
            }
        } catch {
            throw TemplateError(
                folder, "cannot be read as a folder of templates", mend: "make it, or clear the setting")
        }
    }

    private static func read(_ path: String) throws(TemplateError) -> String {
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else {
            throw TemplateError(path, "cannot be read as UTF-8", mend: "check its permissions and its encoding")
        }
        return unixLines(text)
    }

    private static func unixLines(_ text: String) -> String { text.replacingOccurrences(of: "\r\n", with: "\n") }
}
