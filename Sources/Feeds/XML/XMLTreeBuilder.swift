/// Makes an ``XMLElement`` of each entry as it ends, and one of everything around the entries: no document is ever held
/// whole.
struct XMLTreeBuilder {
    /// Local names of the elements that are entries.
    let entryNames: [String]
    /// What has ended since it was last asked.
    var finishedEntry: XMLElement?
    private(set) var head: XMLElement?
    private(set) var repairs: [String] = []
    private(set) var isTooDeep = false
    /// Whether an entry was still open when the document ended.
    var isInsideEntry: Bool { entryIndex != nil }

    private var stack: [XMLElement] = []
    private var entryIndex: Int?
    /// Levels of markup inside an element of text.
    private var markupDepth = 0
    private let documentURL: String?

    /// Real feeds nest about ten levels deep.
    static let maximumDepth = 200

    init(entryNames: [String], documentURL: String?) {
        self.entryNames = entryNames
        self.documentURL = documentURL
    }

    mutating func start(_ tag: XMLTag, _ attributes: [(key: String, value: String)]) {
        let name = tag.name
        if stack.count + markupDepth >= Self.maximumDepth {
            isTooDeep = true
            return
        }
        if isEntry(name), entryIndex != nil {
            note("an entry without an end tag was closed where the next one starts")
            closeEntry()
        }
        let isInText = stack.last?.isText ?? false
        if markupDepth > 0 || isInText, !tag.isStructural {
            markupDepth += 1
            if !stack[stack.count - 1].holdsMarkup { beginMarkup() }
            stack[stack.count - 1].text.append(contentsOf: Self.startTag(name.local, attributes).utf8)
            return
        }
        if markupDepth == 0, isInText {
            note("an element of text without an end tag was closed where the next element starts")
            pop()
        }
        markupDepth = 0
        var element = XMLElement(tag, inEntry: entryIndex != nil)
        element.attributes = attributes
        element.base = stack.last?.base
        if let base = element[attribute: "xml:base"] {
            element.base = WebAddress.resolve(base, against: element.base ?? documentURL) ?? element.base
        }
        if isEntry(name) { entryIndex = stack.count }
        stack.append(element)
    }

    mutating func text(_ bytes: [UInt8]) {
        guard !stack.isEmpty else { return }
        let isMarkup = markupDepth > 0 || (stack[stack.count - 1].holdsMarkup && stack[stack.count - 1].escapesText)
        guard isMarkup else {
            // Never the array itself: the reader keeps its capacity, which one long text makes large for all that follow.
            stack[stack.count - 1].text.append(contentsOf: bytes)
            return
        }
        Self.escape(bytes, into: &stack[stack.count - 1].text)
    }

    private static func escape(_ bytes: [UInt8], into text: inout [UInt8]) {
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "<"): text.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: "&"): text.append(contentsOf: "&amp;".utf8)
            default: text.append(byte)
            }
        }
    }

    /// The first element inside a text makes it HTML, in which the characters before it mean themselves.
    private mutating func beginMarkup() {
        stack[stack.count - 1].holdsMarkup = true
        guard stack[stack.count - 1].escapesText else { return }
        let before = stack[stack.count - 1].text
        stack[stack.count - 1].text = []
        Self.escape(before, into: &stack[stack.count - 1].text)
    }

    /// Of attributes only those of MathML's fences say anything in text.
    private static func startTag(_ name: String, _ attributes: [(key: String, value: String)]) -> String {
        guard name == "mfenced" else { return "<\(name)>" }
        let kept = attributes.filter { ["open", "close", "separators"].contains($0.key) }.map { key, value in
            " \(key)=\"\(value.replacing("\"", with: ""))\""
        }
        return "<\(name)\(kept.joined())>"
    }

    mutating func end(_ name: XMLName) {
        if markupDepth > 0 {
            markupDepth -= 1
            stack[stack.count - 1].text.append(contentsOf: "</\(name.local)>".utf8)
            return
        }
        guard let index = stack.lastIndex(where: { $0.name == name }) else { return }
        while stack.count > index { pop() }
    }

    private mutating func closeEntry() {
        guard let index = entryIndex else { return }
        markupDepth = 0
        while stack.count > index { pop() }
    }

    private mutating func pop() {
        guard let element = stack.popLast() else { return }
        if stack.count == entryIndex {
            entryIndex = nil
            finishedEntry = element
        } else if stack.isEmpty {
            head = element
        } else {
            stack[stack.count - 1].children.append(element)
        }
    }

    /// What there is of the head when the document is over, whether or not its root was closed.
    mutating func finish() -> XMLElement? {
        if let index = entryIndex {
            // An entry that breaks off is not kept: half an abstract would pass for a whole one.
            stack.removeSubrange(index...)
            entryIndex = nil
        }
        while !stack.isEmpty { pop() }
        return head
    }

    /// The root as far as it has been read, for entries that lean on what stands before them.
    var rootSoFar: XMLElement? { stack.first }

    private mutating func note(_ repair: String) {
        if !repairs.contains(repair) { repairs.append(repair) }
    }

    private func isEntry(_ name: XMLName) -> Bool { entryNames.contains(name.local) && name.space != .media }
}
