/// One tag of HTML, JATS or MathML in running text, with how sure it is that it *is* a tag.
struct HTMLTag {
    /// Lower case, without a namespace prefix.
    let name: String
    let isClosing: Bool
    let hasAttributes: Bool
    /// Carries a prefix that only markup has: `jats:`, `mml:`.
    let hasMarkupPrefix: Bool
    /// Where the text goes on.
    let end: Int

    /// Reads a tag that starts with `<` at `start`; nil for `a < b`, `<subject, object>` and other plain text.
    init?(in scan: inout TagScan, at start: Int) {
        let text = scan.text
        var at = start + 1
        isClosing = at < text.count && text[at] == UInt8(ascii: "/")
        if isClosing { at += 1 }
        let nameStart = at
        while at < text.count, at - nameStart < 40, Self.isNameByte(text[at]) { at += 1 }
        guard at > nameStart, at < text.count, text[nameStart].isASCIILetter else { return nil }
        let qualified = String(decoding: text[nameStart..<at], as: UTF8.self).lowercased()
        let parts = qualified.split(separator: ":")
        name = String(parts.last ?? "")
        hasMarkupPrefix = parts.count == 2 && ["jats", "mml", "m", "xhtml", "html"].contains(parts[0])
        guard let end = scan.end(from: at) else { return nil }
        self.end = end
        hasAttributes = scan.firstEquals(from: at) < end
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
    }

    /// Names that running text about papers does not write in angle brackets by itself.
    var isCertain: Bool {
        hasMarkupPrefix || Self.certain.contains(name) || (hasAttributes && Self.ambiguous.contains(name))
    }

    /// Names that are HTML but also tokens that papers speak of (`<image>`, `<s>`, `<search>`): markup only among markup.
    var isAmbiguous: Bool { Self.ambiguous.contains(name) }

    /// After these the words of the two sides do not belong together.
    var isBlock: Bool { Self.blocks.contains(name) }

    /// Elements whose content is no text.
    var hidesContent: Bool { ["script", "style", "noscript", "template", "iframe", "annotation"].contains(name) }

    private static let blocks: Set<String> = [
        "p", "br", "div", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre",
        "table", "tr", "td", "th", "tbody", "thead", "figure", "figcaption", "hr", "img", "section", "article",
        "header",
        "footer", "title", "sec", "list", "list-item", "script", "style", "video", "audio", "iframe", "body", "head",
    ]
    private static let certain: Set<String> = [
        "p", "br", "div", "span", "i", "b", "em", "strong", "sub", "sup", "a", "ul", "ol", "li", "dl", "dt", "dd", "h1",
        "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "img", "script", "style", "noscript", "iframe", "table",
        "tbody", "thead", "tr", "td", "th", "figure", "figcaption", "hr", "font", "tt", "small", "big", "center",
        "html",
        "head", "body", "meta", "italic", "bold", "sc", "inline-formula", "tex-math", "xref", "ext-link", "abbr", "q",
        "cite", "kbd", "samp", "ins",
    ]
    private static let ambiguous: Set<String> = [
        "address", "annotation", "area", "article", "aside", "audio", "base", "bdi", "bdo", "button", "canvas",
        "caption", "cite", "code", "col", "colgroup", "data", "datalist", "del", "details", "dfn", "dialog", "embed",
        "fieldset", "footer", "form", "header", "input", "ins", "kbd", "label", "legend", "link", "list", "list-item",
        "main", "map", "mark", "math", "mi", "mn", "mo", "mrow", "msub", "msup", "mtext", "nav", "object", "option",
        "output", "param", "path", "picture", "progress", "q", "s", "samp", "sec", "section", "select", "semantics",
        "source", "strike", "summary", "svg", "template", "textarea", "time", "title", "u", "var", "video", "wbr",
    ]
}
