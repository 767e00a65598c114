/// One element of an entry (or of the feed's head), as the document has it.
struct XMLElement: Sendable {
    let name: XMLName
    let isText: Bool
    /// Elements were inside the text, which is HTML therefore.
    var holdsMarkup = false
    /// Keys are local names in lower case; those of `xml:` keep the prefix.
    var attributes: [(key: String, value: String)] = []
    /// The characters directly inside, with markup inside text written out as HTML.
    var text: [UInt8] = []
    var children: [XMLElement] = []
    /// What links inside are relative to, where the document says so by `xml:base`.
    var base: String?

    init(_ tag: XMLTag, inEntry: Bool = false) {
        name = tag.name
        isText = tag.isText || (inEntry && tag.isBody)
    }

    /// Characters between elements are characters; in RSS they may be HTML that was escaped.
    var escapesText: Bool { name.space == .atom || name.space == .xhtml }

    /// The first child of that name.
    subscript(name: XMLName) -> XMLElement? { children.first { $0.name == name } }

    func all(_ name: XMLName) -> [XMLElement] { children.filter { $0.name == name } }

    subscript(attribute key: String) -> String? { attributes.first { $0.key == key }?.value }

    /// The text of the first child of that name that has any.
    func text(_ name: XMLName) -> [UInt8]? {
        for child in children where child.name == name && !child.text.isEmpty { return child.text }
        return nil
    }

    /// The text of the first of these names that has any, in the order of the names.
    func firstText(_ names: XMLName...) -> [UInt8]? { names.lazy.compactMap { text($0) }.first }

    /// The first child's characters between the outer blanks.
    func token(_ name: XMLName) -> String? {
        for child in children where child.name == name {
            if let token = FieldText.token(child.text) { return token }
        }
        return nil
    }
}
