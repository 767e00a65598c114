import Foundation

extension PaperFeed {
    /// As Atom (RFC 4287).
    var atom: String {
        var xml = XMLText("feed", attributes: [("xmlns", "http://www.w3.org/2005/Atom")])
        xml.element("title", title)
        xml.element("subtitle", subtitle)
        // An address that never changes is an identifier, and unlike a tag: URI it needs no date of its own.
        xml.element("id", page)
        xml.element("updated", updated.formatted(.iso8601))
        xml.empty("link", [("rel", "self"), ("type", "application/atom+xml"), ("href", address)])
        xml.empty("link", [("rel", "alternate"), ("type", "text/html"), ("href", page)])
        xml.element("generator", "Broadsheet")
        // Section 4.1.1 wants an author for entries that name none.
        if items.contains(where: \.authors.isEmpty) { xml.group("author") { $0.element("name", siteName) } }
        for item in items { xml.group("entry") { Self.entry(item, in: &$0) } }
        return xml.closed("feed")
    }

    private static func entry(_ item: Item, in xml: inout XMLText) {
        xml.element("title", item.title)
        xml.element("id", item.id)
        xml.empty("link", [("rel", "alternate"), ("type", "text/html"), ("href", item.page)])
        if let source = item.source { xml.empty("link", [("rel", "related"), ("href", source)]) }
        if let pdf = item.pdf { xml.empty("link", [("rel", "related"), ("type", "application/pdf"), ("href", pdf)]) }
        if let discussion = item.discussion { xml.empty("link", [("rel", "related"), ("href", discussion)]) }
        if let published = item.published { xml.element("published", published.formatted(.iso8601)) }
        xml.element("updated", item.updated.formatted(.iso8601))
        for author in item.authors { xml.group("author") { $0.element("name", author) } }
        for category in item.categories { xml.empty("category", [("term", category)]) }
        if !item.abstract.isEmpty { xml.element("summary", item.abstract) }
    }
}

/// An XML document as it is written. Texts are made fit by `DisplayText` before; they are escaped here.
struct XMLText {
    private var text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    private var depth = 1

    init(_ root: String, attributes: [(String, String)]) { text += "<\(root)\(Self.attributes(attributes))>\n" }

    mutating func element(_ name: String, _ content: String) {
        line("<\(name)>\(Self.escape(content))</\(name)>")
    }

    mutating func empty(_ name: String, _ attributes: [(String, String)]) {
        line("<\(name)\(Self.attributes(attributes))/>")
    }

    mutating func group(_ name: String, _ body: (inout XMLText) -> Void) {
        line("<\(name)>")
        depth += 1
        body(&self)
        depth -= 1
        line("</\(name)>")
    }

    func closed(_ root: String) -> String { text + "</\(root)>\n" }

    private mutating func line(_ line: String) { text += String(repeating: "  ", count: depth) + line + "\n" }

    private static func attributes(_ attributes: [(String, String)]) -> String {
        attributes.map { " \($0)=\"\(escape($1))\"" }.joined()
    }

    private static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "&": escaped += "&amp;"
            case "\"": escaped += "&quot;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
