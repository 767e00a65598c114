/// One tag of HTML, JATS or MathML in running text, with how sure it is that it *is* a tag.
struct HTMLTag {
    /// Lower case, without a namespace prefix.
    let name: String
    let isClosing: Bool
    let hasAttributes: Bool
    /// Carries a prefix that only markup has: `jats:`, `mml:`.
    let hasMarkupPrefix: Bool
    /// Has no content: `<none/>`.
    let isEmpty: Bool
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
        isEmpty = text[end - 2] == UInt8(ascii: "/")
        hasAttributes = scan.firstEquals(from: at) < end
        if !isClosing, !Self.areAttributes(text, from: at, to: end - 1) { return nil }
    }

    /// Whether what follows a tag's name begins as attributes do, with `name=` or a name that stands alone: `a<b and c>d`
    /// holds no element `b`.
    private static func areAttributes(_ text: [UInt8], from start: Int, to end: Int) -> Bool {
        var at = start
        while at < end, text[at].isBlank || text[at] == UInt8(ascii: "/") { at += 1 }
        let first = at
        while at < end, isNameByte(text[at]) || text[at] == UInt8(ascii: "_") { at += 1 }
        guard at > first else { return at >= end || text[at] == UInt8(ascii: "\"") || text[at] == UInt8(ascii: "'") }
        var next = at
        while next < end, text[next].isBlank { next += 1 }
        if next < end, text[next] == UInt8(ascii: "=") { return true }
        let name = String(decoding: text[first..<at], as: UTF8.self).lowercased()
        return lonely.contains(name) || (at < end && (text[at] == UInt8(ascii: "\"") || text[at] == UInt8(ascii: "'")))
    }

    /// Attributes that stand without a value.
    private static let lonely: Set<String> = [
        "allowfullscreen", "async", "autofocus", "autoplay", "checked", "compact", "controls", "declare", "default",
        "defer", "disabled", "hidden", "inert", "ismap", "itemscope", "loop", "multiple", "muted", "nohref", "noresize",
        "noshade", "novalidate", "nowrap", "open", "playsinline", "readonly", "required", "reversed", "selected",
    ]

    /// The value of an attribute, nil where the tag has none of that name; for the few elements of which one counts.
    func attribute(_ name: String, in text: [UInt8], from start: Int) -> String? {
        let wanted = Array(name.utf8)
        var at = start + 1
        while at < end {
            guard text[at - 1].isBlank, text[at...].starts(with: wanted) else {
                at += 1
                continue
            }
            at += wanted.count
            while at < end, text[at].isBlank { at += 1 }
            guard at < end, text[at] == UInt8(ascii: "=") else { continue }
            at += 1
            while at < end, text[at].isBlank { at += 1 }
            guard at < end, text[at] == UInt8(ascii: "\"") || text[at] == UInt8(ascii: "'") else { return nil }
            let value = text[(at + 1)..<end].prefix { $0 != text[at] }
            return String(decoding: value, as: UTF8.self)
        }
        return nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
    }

    /// Names that running text about papers does not write in angle brackets by itself.
    var isCertain: Bool {
        hasMarkupPrefix || Self.certain.contains(name) || MathML.isElement(name)
            || (hasAttributes && Self.ambiguous.contains(name))
    }

    /// Names that are HTML but also tokens that papers speak of (`<image>`, `<s>`, `<search>`): markup only among markup.
    var isAmbiguous: Bool { Self.ambiguous.contains(name) }

    /// After these the words of the two sides do not belong together.
    var isBlock: Bool { Self.blocks.contains(name) }

    /// Certain only in pairs: `a<b>c` is a comparison, `a<b>c</b>` is not.
    var needsPartner: Bool {
        !hasAttributes && !hasMarkupPrefix && (Self.paired.contains(name) || MathML.isElement(name))
    }

    /// Elements whose content is no text.
    var hidesContent: Bool { Self.hiding.contains(name) }

    private static let hiding: Set<String> = [
        "script", "style", "noscript", "template", "annotation", "annotation-xml",
    ]
    private static let paired = certain.subtracting([
        "br", "disp-formula", "ext-link", "hr", "inline-formula", "script", "style", "tex-math", "xref",
    ])

    private static let blocks: Set<String> = [
        "p", "br", "div", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre",
        "table", "tr", "td", "th", "tbody", "thead", "figure", "figcaption", "hr", "img", "section", "article",
        "header",
        "footer", "title", "sec", "list", "list-item", "script", "style", "video", "audio", "iframe", "body", "head",
    ]
    private static let certain: Set<String> = [
        "p", "br", "div", "span", "i", "b", "em", "strong", "sub", "sup", "a", "ul", "ol", "li", "dl", "dt", "dd", "h1",
        "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "script", "style", "noscript", "iframe", "table",
        "tbody", "thead", "tr", "td", "th", "figure", "figcaption", "hr", "font", "tt", "small", "big", "center",
        "html",
        "head", "body", "italic", "bold", "sc", "inline-formula", "disp-formula", "tex-math", "xref",
        "ext-link", "abbr", "q", "cite", "kbd", "samp", "ins", "acronym", "blink", "marquee", "nobr", "strike",
    ]
    private static let ambiguous: Set<String> = [
        "address", "alternatives", "annotation", "applet", "area", "article", "aside", "audio", "base", "basefont",
        "bdi", "bdo", "button", "canvas", "caption", "code", "col", "colgroup", "data", "datalist", "del", "details",
        "dfn", "dialog", "dir", "embed", "fieldset", "footer", "form", "frame", "frameset", "header", "img", "input",
        "label", "legend", "link", "list", "list-item", "main", "map", "mark", "math", "menu", "meta", "monospace",
        "nav", "noframes", "object", "option", "output", "overline", "param", "path", "picture", "progress", "roman",
        "s", "sans-serif", "sec", "section", "select", "semantics", "source", "styled-content", "summary", "svg",
        "template", "textarea", "time", "title", "u", "underline", "var", "video", "wbr",
    ]
}
