import Filters
import Foundation
import Yams

/// A subject that readers tick instead of writing a filter.
public struct Topic: Sendable, Equatable, Identifiable {
    /// `language-models`: stands in links and in the database, so it is never changed once used.
    public let slug: String
    public let title: LocalisedText
    /// One sentence.
    public let about: LocalisedText
    public let filter: Filter

    public var id: String { slug }
}

/// The topics of this installation, in the order in which readers see them.
public struct Topics: Sendable {
    public let all: [Topic]
    private let bySlug: [String: Topic]

    public subscript(slug slug: String) -> Topic? { bySlug[slug] }

    /// Reads a file of the form `topics:` → slug → `title`, `about`, `filter`; title and about may be texts by language.
    ///
    /// - Throws: ``SiteError`` with the line and what is wrong there.
    public init(file path: String) throws { try self.init(YAMLFile(path: path)) }

    /// - Parameter name: what an error calls the text.
    public init(text: String, name: String) throws { try self.init(YAMLFile(text: text, path: name)) }

    private init(_ file: YAMLFile) throws {
        guard let mapping = file.root?.mapping?["topics"]?.mapping else {
            throw SiteError(file.path, "has no `topics:`", mend: "write `topics:` and below it a slug for each topic")
        }
        var topics: [Topic] = []
        for (name, value) in mapping { topics.append(try Self.topic(name, value, in: file)) }
        all = topics
        bySlug = Dictionary(topics.map { ($0.slug, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func topic(_ name: Node, _ value: Node, in file: YAMLFile) throws -> Topic {
        let slug = name.string ?? ""
        let isSlug =
            !slug.isEmpty
            && slug.utf8.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || 48...57 ~= $0 || $0 == 45 }
        guard isSlug else {
            throw SiteError(file.place(name), "“\(slug)” is not a slug", mend: "use small letters, digits and hyphens")
        }
        func node(_ key: String) throws -> Node {
            guard let node = value.mapping?[key], node.string != "" else {
                throw SiteError(file.place(value), "the topic “\(slug)” has no \(key)", mend: "add a line `\(key): …`")
            }
            return node
        }
        func text(_ key: String) throws -> LocalisedText {
            try LocalisedText(try node(key), name: "the \(key) of “\(slug)”", in: file)
        }
        let allowed: Set = ["title", "about", "filter"]
        for (key, _) in value.mapping ?? [:] where !allowed.contains(key.string ?? "") {
            throw SiteError(
                file.place(key), "unknown key “\(key.string ?? "")”", mend: "a topic has title, about and filter")
        }
        let filter: Filter
        do {
            filter = try Filter(try node("filter").string?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "")
        } catch let error as FilterError {
            throw SiteError(file.place(value), "the filter of “\(slug)”: \(error)", mend: "correct the filter")
        }
        return Topic(slug: slug, title: try text("title"), about: try text("about"), filter: filter)
    }
}
