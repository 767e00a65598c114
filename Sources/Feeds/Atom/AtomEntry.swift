import Foundation
import Papers

/// An Atom `entry` (RFC 4287, section 4.1.2), as the document has it.
struct AtomEntry {
    struct Link {
        let href: String
        let rel: String
        let type: String
        let base: String?
    }

    let id: String?
    let title: [UInt8]?
    let links: [Link]
    let summary: [UInt8]?
    let content: [UInt8]?
    let authors: [Author]
    let categories: [String]
    let published: [UInt8]?
    let updated: [UInt8]?
    let identifiers: [String]

    init(_ element: XMLElement) {
        id = element.token(.atom("id"))
        title = element.text(.atom("title")) ?? element.text(.dc("title"))
        links = AtomEntry.links(element)
        summary = element.text(.atom("summary")) ?? Self.mediaDescription(element)
        content = element[.atom("content")].flatMap(Self.content)
        authors = AtomEntry.authors(element)
        categories = element.all(.atom("category")).compactMap {
            ($0[attribute: "term"] ?? $0[attribute: "label"]).flatMap { FieldText.clean(Array($0.utf8)) }
        }
        // Atom 0.3 said `issued`, `created` and `modified`.
        published =
            element.text(.atom("published")) ?? element.text(.atom("issued")) ?? element.text(.atom("created"))
            ?? element.text(.dc("date"))
        updated = element.text(.atom("updated")) ?? element.text(.atom("modified"))
        identifiers =
            [element.token(.prism("doi")), element.token(.arXiv("doi"))].compactMap { $0 }
            + element.all(.dc("identifier")).compactMap { FieldText.token($0.text) }
    }

    /// The first link of that relation; no relation means `alternate`.
    func link(rel: String) -> Link? { links.first { $0.rel == rel } }

    static func links(_ element: XMLElement) -> [Link] {
        element.all(.atom("link")).compactMap { link in
            link[attribute: "href"].map {
                Link(
                    href: $0, rel: link[attribute: "rel"]?.lowercased() ?? "alternate",
                    type: link[attribute: "type"] ?? "", base: link.base)
            }
        }
    }

    static func authors(_ element: XMLElement) -> [Author] {
        let named = element.all(.atom("author")).compactMap { author -> Author? in
            guard let name = FieldText.clean(author.text(.atom("name"))) else { return nil }
            return Author(name, affiliation: FieldText.clean(author.text(.arXiv("affiliation"))))
        }
        return named.isEmpty
            ? element.all(.dc("creator")).compactMap { FieldText.clean($0.text) }.map { Author($0) } : named
    }

    /// Atom 0.3 could carry its content in base64.
    private static func content(_ element: XMLElement) -> [UInt8]? {
        guard element[attribute: "mode"]?.lowercased() == "base64" else {
            return element.text.isEmpty ? nil : element.text
        }
        let text = String(decoding: element.text.filter { !$0.isXMLBlank }, as: UTF8.self)
        guard let bytes = Data(base64Encoded: text).map({ [UInt8]($0) }) else { return nil }
        // Whatever the document's encoding, nobody has looked at these bytes before.
        return UTF8Check.isValid(bytes) ? bytes : Array(String(decoding: bytes, as: UTF8.self).utf8)
    }

    private static func mediaDescription(_ element: XMLElement) -> [UInt8]? {
        let group = element[XMLName(.media, "group")] ?? element
        return group.text(XMLName(.media, "description"))
    }
}

/// An Atom `feed`.
struct AtomFeed {
    let title: [UInt8]?
    let links: [AtomEntry.Link]
    let updated: [UInt8]?
    let authors: [Author]
    let id: String?

    init(_ root: XMLElement) {
        title = root.text(.atom("title"))
        links = AtomEntry.links(root)
        updated = root.text(.atom("updated")) ?? root.text(.atom("modified"))
        authors = AtomEntry.authors(root)
        id = root.token(.atom("id"))
    }

    func fill(_ feed: inout ParsedFeed, _ text: DecodedText, _ base: String?) {
        feed.title = FieldText.clean(title)
        let link = links.first { $0.rel == "alternate" } ?? links.first { $0.rel == "self" }
        feed.url =
            link.flatMap { WebAddress.resolve($0.href, against: $0.base ?? base) }
            ?? id.flatMap { WebAddress.resolve($0, against: nil) } ?? text.url
        feed.updated = FeedDate.parse(updated)
    }
}
