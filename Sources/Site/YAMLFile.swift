import Foundation
import Yams

/// A YAML document with the places of its parts, for files that people edit by hand.
struct YAMLFile {
    let path: String
    /// Nil for an empty document.
    let root: Node?

    /// - Throws: ``SiteError`` with the line where the text stops being YAML.
    init(path: String) throws {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw SiteError(
                path, "cannot be read", mend: "name a file in UTF-8 that exists and that this user may read")
        }
        try self.init(text: text, path: path)
    }

    init(text: String, path: String) throws {
        self.path = path
        do {
            root = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw SiteError(
                path, "is not valid YAML: \(Self.oneLine(error))", mend: "mind the indentation and quotes there")
        }
    }

    /// `path:12`
    func place(_ node: Node) -> String { node.mark.map { "\(path):\($0.line)" } ?? path }

    private static func oneLine(_ error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "\(problem) in line \(mark.line)"
        default:
            "\(error)".split(separator: "\n").joined(separator: " ")
        }
    }
}
