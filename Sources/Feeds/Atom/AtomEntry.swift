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
    let title: DeclaredText?
    let links: [Link]
    let summary: DeclaredText?
    let content: DeclaredText?
    let authors: [Author]
    let categories: [String]
    let published: [UInt8]?
    let updated: [UInt8]?
    let identifiers: [String]

    init(_ element: XMLElement) {
        id = element.token(.atom("id"))
        title = Self.declared(element, "title") ?? element.text(.dc("title")).map { DeclaredText($0, .plain) }
        links = AtomEntry.links(element)
        summary = Self.declared(element, "summary") ?? Self.mediaDescription(element)
        content = Self.declared(element, "content")
        authors = AtomEntry.authors(element)
        categories = element.all(.atom("category")).compactMap {
            ($0[attribute: "term"] ?? $0[attribute: "label"]).flatMap { FieldText.clean(Array($0.utf8)) }
        }
        // Atom 0.3 said `issued`, `created` and `modified`.
        published = element.firstText(
            .atom("published"), .atom("issued"), .atom("created"), .dc("date"), .dc("issued"), .dc("created"))
        updated = element.firstText(.atom("updated"), .atom("modified"), .dc("modified"))
        identifiers =
            [element.token(.prism("doi")), element.token(.arXiv("doi"))].compactMap { $0 }
            + element.all(.dc("identifier")).compactMap { FieldText.token($0.text) }
    }

    /// The first link of that relation; no relation means `alternate`.
    func link(rel: String) -> Link? { links.first { $0.rel == rel } }

    /// What may lead to its page, the best first.
    var pages: [Link] { links.filter { $0.rel == "alternate" } + links.filter { $0.rel == "related" } }

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
            guard let name = FieldText.clean(author.text(.atom("name")), as: .plainWithReferences),
                let person = AuthorList.people(name).first
            else { return nil }
            return Author(person, affiliation: FieldText.clean(author.text(.arXiv("affiliation"))))
        }
        if !named.isEmpty { return named }
        return (element.all(.dc("creator")) + element.all(.dc("author"))).flatMap {
            FieldText.clean($0.text, as: .plainWithReferences).map(AuthorList.people) ?? []
        }.map { Author($0) }
    }

    /// The first element of that name that says anything.
    static func declared(_ element: XMLElement, _ name: String) -> DeclaredText? {
        element.children.lazy.filter { $0.name == .atom(name) }.compactMap { DeclaredText(atom: $0) }.first
    }

    private static func mediaDescription(_ element: XMLElement) -> DeclaredText? {
        let group = element[XMLName(.media, "group")] ?? element
        return group.text(XMLName(.media, "description")).map { DeclaredText($0, .undeclared) }
    }
}

/// An Atom `feed`.
struct AtomFeed {
    let title: DeclaredText?
    let links: [AtomEntry.Link]
    let updated: [UInt8]?
    let authors: [Author]
    let id: String?

    init(_ root: XMLElement) {
        title = AtomEntry.declared(root, "title")
        links = AtomEntry.links(root)
        updated = root.firstText(.atom("updated"), .atom("modified"), .dc("date"), .dc("modified"))
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
