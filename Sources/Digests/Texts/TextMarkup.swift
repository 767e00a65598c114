/// The simple markup of texts: `<b>`, `<bdi>`, `<code>`, `<a href="…">` and the like.
enum TextMarkup {
    /// Without markup. A link becomes its words and its address in parentheses.
    static func plain(_ text: String) -> String {
        var result = ""
        var address: Substring?
        var rest = text[...]
        while let opening = rest.firstIndex(of: "<") {
            result += rest[..<opening]
            guard let closing = rest[opening...].firstIndex(of: ">") else { break }
            let tag = rest[rest.index(after: opening)..<closing]
            if tag.hasPrefix("a "), let start = tag.firstRange(of: "href=\"")?.upperBound {
                address = tag[start...].prefix { $0 != "\"" }
            } else if tag == "/a", let url = address {
                result += " (\(url))"
                address = nil
            }
            rest = rest[rest.index(after: closing)...]
        }
        result += rest
        return entities.reduce(result) { $0.replacing($1.0, with: $1.1) }
    }

    /// With a style in each link, because mail programs need it there.
    static func styled(_ text: String, links style: String) -> String {
        style.isEmpty ? text : text.replacing(/<a ([^>]*)>/) { "<a \($0.1) style=\"\(style)\">" }
    }

    /// The ampersand last, so that nothing is decoded twice.
    private static let entities = [
        ("&nbsp;", "\u{A0}"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ]
}
