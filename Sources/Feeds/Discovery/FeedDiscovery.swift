import Core
import Papers

/// The feeds that a web page names (HTML standard, section 4.6.7.1: `rel=alternate` with a feed's type).
public enum FeedDiscovery {
    /// More than these nobody chooses from.
    private static let most = 100

    /// Absolute addresses in the page's order, each once, the first ``most`` of them.
    public static func feeds(inPage html: [UInt8], url: String?) -> [String] {
        var base = url
        var found: [String] = []
        var index = 0
        while found.count < most, let open = html[index...].firstIndex(of: UInt8(ascii: "<")) {
            index = open + 1
            guard let tag = HTMLStartTag(html, at: open) else { continue }
            index = tag.end
            switch tag.name {
            case "base": base = tag["href"].flatMap { WebAddress.resolve($0, against: url) } ?? base
            case "link", "a":
                guard isFeed(tag), let address = tag["href"].flatMap({ WebAddress.resolve($0, against: base) }) else {
                    continue
                }
                if !found.contains(address) { found.append(address) }
            default: continue
            }
        }
        return found
    }

    private static func isFeed(_ tag: HTMLStartTag) -> Bool {
        let relations = (tag["rel"] ?? "").lowercased().split(separator: " ")
        let type = (tag["type"] ?? "").lowercased().prefix { $0 != ";" }.trimmed
        return relations.contains("alternate") && types.contains(type)
    }

    private static let types: Set = [
        "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
        "application/json",
        "application/xml", "text/xml",
    ]
}

/// A start tag of HTML with its attributes.
struct HTMLStartTag {
    let name: String
    let end: Int
    private let attributes: [String: String]

    subscript(key: String) -> String? { attributes[key] }

    init?(_ html: [UInt8], at start: Int) {
        var at = start + 1
        let nameStart = at
        while at < html.count, html[at] | 0x20 >= 0x61, html[at] | 0x20 <= 0x7A { at += 1 }
        guard at > nameStart else { return nil }
        name = String(decoding: html[nameStart..<at], as: UTF8.self).lowercased()
        var attributes: [String: String] = [:]
        while at < html.count, html[at] != UInt8(ascii: ">") {
            guard let attribute = Self.attribute(html, &at) else { continue }
            if attributes[attribute.key] == nil { attributes[attribute.key] = attribute.value }
        }
        self.attributes = attributes
        end = min(html.count, at + 1)
    }

    /// Reads one attribute, or steps over one byte that belongs to none.
    private static func attribute(_ html: [UInt8], _ at: inout Int) -> (key: String, value: String)? {
        let start = at
        while at < html.count, !html[at].isBreak, html[at] != UInt8(ascii: "="), html[at] != UInt8(ascii: "/") {
            at += 1
        }
        guard at > start else {
            at += 1
            return nil
        }
        let key = String(decoding: html[start..<at], as: UTF8.self).lowercased()
        while at < html.count, html[at].isXMLBlank { at += 1 }
        guard at < html.count, html[at] == UInt8(ascii: "=") else { return (key, "") }
        at += 1
        while at < html.count, html[at].isXMLBlank { at += 1 }
        guard at < html.count else { return (key, "") }
        let quote = html[at]
        let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        if isQuoted { at += 1 }
        let valueStart = at
        while at < html.count, isQuoted ? html[at] != quote : !html[at].isBreak { at += 1 }
        let value = PlainText.clean(String(decoding: html[valueStart..<at], as: UTF8.self))
        if isQuoted { at = min(html.count, at + 1) }
        return (key, value)
    }
}

extension UInt8 {
    /// White space or the end of a tag.
    fileprivate var isBreak: Bool { isXMLBlank || self == UInt8(ascii: ">") }
}
