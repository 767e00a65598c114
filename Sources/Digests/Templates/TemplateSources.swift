import Foundation

/// The texts of all templates: built in, or from a folder where it has one of that name.
struct TemplateSources {
    struct Source {
        /// What an error calls it.
        let place: String
        let text: String
    }

    private var sources: [String: Source]

    var places: [String: String] { sources.mapValues(\.place) }

    subscript(name: TemplateName) -> Source {
        get throws(TemplateError) {
            guard let source = sources[name.rawValue] else {
                throw TemplateError(name.rawValue, "is missing", mend: "build the program with all files of Templates/")
            }
            return source
        }
    }

    init(embedded: [String: String], overrides: String?) throws(TemplateError) {
        sources = embedded.reduce(into: [:]) { sources, template in
            sources[template.key] = Source(place: template.key, text: Self.unixLines(template.value))
        }
        guard let folder = overrides else { return }
        for name in try Self.files(of: folder) {
            guard TemplateName(rawValue: name) != nil else {
                let names = TemplateName.allCases.map(\.rawValue).joined(separator: ", ")
                throw TemplateError("\(folder)/\(name)", "replaces no template", mend: "name it as one of \(names)")
            }
            sources[name] = Source(place: "\(folder)/\(name)", text: try Self.read("\(folder)/\(name)"))
        }
    }

    private static func files(of folder: String) throws(TemplateError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter { name in
                !name.hasPrefix(".") && TemplateName.endings.contains(where: name.hasSuffix)
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
