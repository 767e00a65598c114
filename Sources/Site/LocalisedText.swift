import Core
import Foundation
import Mail
import Yams

/// A text that the operator may write in several languages.
public struct LocalisedText: Sendable, Equatable {
    private let common: String
    private let own: [Language: String]

    /// The text in a language; where there is none in it, the English one, else the one that was written first.
    public subscript(language: Language) -> String { own[language] ?? common }
}

extension LocalisedText {
    /// Reads a text for all languages, or texts by language: `Reasoning`, or `en: Reasoning` and `de: Schlussfolgern` below
    /// each other.
    ///
    /// - Parameter name: what an error calls it.
    /// - Throws: ``SiteError`` with the line of what is no text or no language of pages.
    init(_ node: Node, name: String, in file: YAMLFile) throws {
        guard let mapping = node.mapping else {
            common = try Self.text(node, name, file)
            own = [:]
            return
        }
        var own: [Language: String] = [:]
        var first: String?
        for (key, value) in mapping {
            guard let language = Language(rawValue: key.string ?? "") else {
                throw SiteError(
                    file.place(key), "\(name) has no language “\(key.string ?? "")”",
                    mend: "use \(Language.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            let text = try Self.text(value, "\(name) in “\(language.rawValue)”", file)
            own[language] = text
            first = first ?? text
        }
        guard let common = own[.english] ?? first else {
            throw SiteError(file.place(node), "\(name) is empty", mend: "write a text after it")
        }
        self.common = common
        self.own = own
    }

    private static func text(_ node: Node, _ name: String, _ file: YAMLFile) throws -> String {
        let text = node.string?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        guard !text.isEmpty else {
            throw SiteError(file.place(node), "\(name) is empty", mend: "write a text after it")
        }
        return text
    }
}
