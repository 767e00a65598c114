/// Takes markup and character references out of running text, and leaves what only looks like markup.
struct Markup {
    let text: [UInt8]
    var tags: TagScan
    var at = 0
    var output: [UInt8] = []
    /// Whether tags are markup: the source says so, or the text holds one that is markup beyond doubt.
    private let isHTML: Bool
    /// Whether braces and backslashes of MathML are written for a reader of TeX, who would take them for commands.
    let beforeTeX: Bool
    /// Where the content of each open `sub` and `sup` begins in the output.
    var scripts: [(name: String, start: Int)] = []
    /// The formula that is open has MathML, so that its TeX says the same once more.
    var hasMathML = false
    /// Names of MathML's elements that are open.
    var openMath: [String] = []
    /// Looks ahead of ``at`` for the formulas of JATS.
    var ahead: TagScan
    /// The first start of MathML or end of a formula at ``at`` or behind it.
    var nextFormulaMark = (at: -1, isMath: false)
    private var isInDrawing = false
    private var sawTag = false
    /// Ends that were looked for in vain, and would be again.
    private var absent: Set<String> = []

    /// Removes tags and comments, drops what scripts and styles hold, and resolves references.
    ///
    /// Text that was escaped twice is read twice: its references (`AT&amp;amp;T`), and its tags where it holds no others
    /// and is in tags as a whole (`&lt;p&gt;…&lt;/p&gt;`) or, undeclared, has tags in pairs.
    static func removed(from text: [UInt8], as form: TextForm, beforeTeX: Bool = false) -> [UInt8] {
        switch form {
        case .plain: return text
        case .plainWithReferences: return resolved(text)
        case .html, .undeclared: break
        }
        var once = Markup(text, isHTML: form == .html || holdsCertainTag(text), beforeTeX: beforeTeX)
        once.run()
        let isTwiceEscaped =
            !once.sawTag && (form == .html ? isWrapped(once.output) : holdsCertainTag(once.output))
        guard isTwiceEscaped else { return resolved(once.output) }
        var again = Markup(once.output, isHTML: true, beforeTeX: beforeTeX)
        again.run()
        return again.output
    }

    private init(_ text: [UInt8], isHTML: Bool, beforeTeX: Bool) {
        self.text = text
        self.isHTML = isHTML
        self.beforeTeX = beforeTeX
        tags = TagScan(text)
        ahead = tags
        output.reserveCapacity(text.count)
    }

    private static func holdsCertainTag(_ text: [UInt8]) -> Bool {
        guard text.contains(UInt8(ascii: "<")) else { return false }
        let start = text.withoutOuterBlanks.startIndex
        var tags = TagScan(text)
        var open: Set<String> = []
        for at in text.indices where text[at] == UInt8(ascii: "<") {
            guard let tag = HTMLTag(in: &tags, at: at), tag.isCertain else { continue }
            // Who speaks of an element does so in the middle of a sentence, and does not close it.
            if !tag.needsPartner || at == start || (tag.isClosing && open.contains(tag.name)) { return true }
            if tag.name == "p", endsSentence(text[..<at]) { return true }
            if !tag.isClosing { open.insert(tag.name) }
        }
        return false
    }

    private static func endsSentence(_ text: ArraySlice<UInt8>) -> Bool {
        text.reversed().first { !$0.isBlank }.map { ByteSet(".!?:;\"')]>").contains($0) } ?? true
    }

    /// Whether the whole is one or more elements, as no sentence is.
    static func isWrapped(_ text: [UInt8]) -> Bool {
        let inner = text.withoutOuterBlanks
        guard inner.first == UInt8(ascii: "<"), inner.last == UInt8(ascii: ">") else { return false }
        var tags = TagScan(text)
        guard let tag = HTMLTag(in: &tags, at: inner.startIndex) else { return false }
        return tag.isBlock && tag.isCertain && !tag.isClosing
    }

    /// With character references resolved, and nothing else done.
    private static func resolved(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(UInt8(ascii: "&")) else { return text }
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var at = 0
        while at < text.count {
            if text[at] == UInt8(ascii: "&"), let reference = HTMLEntities.reference(in: text, at: at) {
                output.append(reference.text)
                at = reference.end
            } else {
                output.append(text[at])
                at += 1
            }
        }
        return output
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

    mutating func reference() {
        if let reference = HTMLEntities.reference(in: text, at: at) {
            output.append(reference.text)
            at = reference.end
        } else {
            output.append(text[at])
            at += 1
        }
    }

    private mutating func tag() {
        if text.has("<!--", at: at) { return comment() }
        if text.has("<![CDATA[", at: at) {
            at += 9
            if let end = end("]]>") {
                output.append(contentsOf: text[at..<end])
                at = end + 3
            }
            return
        }
        if isHTML, text.has("<!DOCTYPE", at: at) || text.has("<!doctype", at: at) { return skip(past: ">") }
        guard isHTML, let tag = HTMLTag(in: &tags, at: at), tag.isCertain || tag.isAmbiguous || isInDrawing else {
            output.append(text[at])
            at += 1
            return
        }
        let start = at
        sawTag = true
        at = tag.end
        if tag.isBlock { output.append(.space) }
        if tag.name == "svg" {
            // Of a drawing the words stay: its title, its description, its labels.
            isInDrawing = !tag.isClosing && !tag.isEmpty
            output.append(.space)
        }
        if MathML.isLayout(tag.name) {
            if !tag.isClosing { math(tag, from: start) }
        } else if tag.isClosing {
            close(tag.name)
        } else if tag.hidesContent {
            // HTML knows no empty script: `<script src="x"/>` is one that opens, unless nothing closes it.
            skipContent(of: tag.name, takesRest: !tag.isEmpty)
        } else {
            open(tag)
        }
    }

    private mutating func open(_ tag: HTMLTag) {
        switch tag.name {
        case "sub", "sup": if !tag.isEmpty { scripts.append((tag.name, output.count)) }
        case let name where Self.formulas.contains(name): hasMathML = formulaHoldsMathML()
        case "tex-math": texMath()
        default: break
        }
    }

    private mutating func close(_ name: String) {
        if name == "sub" || name == "sup" { return closeScript(name) }
        if Self.formulas.contains(name) { hasMathML = false }
    }

    private mutating func comment() {
        if let end = end("-->") {
            at = end + 3
        } else if isHTML {
            // In careless hands a comment ends at the next `>`, or never; then its words are no worse than others.
            at = end(">").map { $0 + 1 } ?? at + 4
        } else {
            output.append(text[at])
            at += 1
        }
    }

    /// Where the next `mark` is.
    private mutating func end(_ mark: StaticString) -> Int? {
        guard !absent.contains(mark.description) else { return nil }
        for index in at..<text.count where text.has(mark, at: index) { return index }
        absent.insert(mark.description)
        return nil
    }

    /// Past the next `mark`, or to the end where it never comes.
    private mutating func skip(past mark: StaticString) {
        while at < text.count, !text.has(mark, at: at) { at += 1 }
        at = min(text.count, at + mark.utf8CodeUnitCount)
    }

    /// Behind the end tag of that name, or where it has none to where it began.
    ///
    /// - Parameter takesRest: whether a script without an end takes all that follows with it, as in browsers.
    mutating func skipContent(of name: String, takesRest: Bool = true) {
        guard !absent.contains(name) else { return }
        let start = at
        while at < text.count {
            if text[at] == UInt8(ascii: "<"), let tag = HTMLTag(in: &tags, at: at), tag.isClosing, tag.name == name {
                at = tag.end
                return
            }
            at += 1
        }
        if takesRest, name == "script" || name == "style" { return }
        absent.insert(name)
        at = start
    }
}
