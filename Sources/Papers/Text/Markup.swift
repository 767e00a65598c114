/// Takes markup and character references out of running text, and leaves what only looks like markup.
struct Markup {
    private let text: [UInt8]
    private var tags: TagScan
    private var at = 0
    private var output: [UInt8] = []
    /// Whether the text holds a tag that is one beyond doubt; only then are doubtful ones taken for markup.
    private let isHTML: Bool

    /// Removes tags and comments, drops what scripts and styles hold, resolves references, and does so once more where
    /// the text was escaped twice: `AT&amp;amp;T`, or `&lt;p&gt;…&lt;/p&gt;` around the whole.
    static func removed(from text: [UInt8]) -> [UInt8] {
        let once = pass(text)
        let again = once.wasHTML ? hasReference(once.text) : hasReference(once.text) || holdsCertainTag(once.text)
        return again ? pass(once.text).text : once.text
    }

    private static func pass(_ text: [UInt8]) -> (text: [UInt8], wasHTML: Bool) {
        var markup = Markup(text)
        markup.run()
        return (markup.output, markup.isHTML)
    }

    private init(_ text: [UInt8]) {
        self.text = text
        tags = TagScan(text)
        isHTML = Self.holdsCertainTag(text)
        output.reserveCapacity(text.count)
    }

    private static func holdsCertainTag(_ text: [UInt8]) -> Bool {
        var tags = TagScan(text)
        for at in text.indices where text[at] == UInt8(ascii: "<") {
            if let tag = HTMLTag(in: &tags, at: at), tag.isCertain { return true }
        }
        return false
    }

    private static func hasReference(_ text: [UInt8]) -> Bool {
        text.indices.contains { text[$0] == UInt8(ascii: "&") && HTMLEntities.reference(in: text, at: $0) != nil }
    }

    private mutating func run() {
        while at < text.count {
            switch text[at] {
            case UInt8(ascii: "<"): tag()
            case UInt8(ascii: "&"): reference()
            default:
                output.append(text[at])
                at += 1
            }
        }
    }

    private mutating func reference() {
        if let reference = HTMLEntities.reference(in: text, at: at) {
            output.append(reference.text)
            at = reference.end
        } else {
            output.append(text[at])
            at += 1
        }
    }

    private mutating func tag() {
        if text.has("<!--", at: at) { return skip(past: "-->") }
        if text.has("<![CDATA[", at: at) {
            at += 9
            return
        }
        if isHTML, text.has("<!DOCTYPE", at: at) || text.has("<!doctype", at: at) { return skip(past: ">") }
        guard let tag = HTMLTag(in: &tags, at: at), tag.isCertain || (isHTML && tag.isAmbiguous) else {
            output.append(text[at])
            at += 1
            return
        }
        at = tag.end
        if tag.isBlock { output.append(.space) }
        if tag.isClosing { return }
        if tag.hidesContent {
            skipContent(of: tag.name)
        } else if tag.name == "sub" || tag.name == "sup" {
            script(raised: tag.name == "sup")
        }
    }

    /// Past the next `mark`, or to the end where it never comes.
    private mutating func skip(past mark: StaticString) {
        while at < text.count, !text.has(mark, at: at) { at += 1 }
        at = min(text.count, at + mark.utf8CodeUnitCount)
    }

    private mutating func skipContent(of name: String) {
        while at < text.count {
            if text[at] == UInt8(ascii: "<"), let tag = HTMLTag(in: &tags, at: at), tag.isClosing, tag.name == name {
                at = tag.end
                return
            }
            at += 1
        }
    }

    /// `CO<sub>2</sub>` → CO₂ where Unicode has every character; otherwise the content stays as it is.
    private mutating func script(raised: Bool) {
        var end = at
        while end < text.count, end - at < 24, text[end] != UInt8(ascii: "<"), text[end] != UInt8(ascii: "&") {
            end += 1
        }
        guard end < text.count, text[end] == UInt8(ascii: "<"), let close = HTMLTag(in: &tags, at: end),
            close.isClosing,
            close.name == (raised ? "sup" : "sub"),
            let script = Scripts.script(String(decoding: text[at..<end], as: UTF8.self), raised: raised)
        else { return }
        output.append(script)
        at = close.end
    }
}
