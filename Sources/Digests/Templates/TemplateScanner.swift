import Core

/// One `{{…}}` of a template.
struct TemplateTag: Equatable {
    enum Kind: Equatable {
        case variable, unescaped, section, inverted, end, partial, parent, block, comment
        /// A text of the reader's language, see ``TextReference``; the name is its key.
        case text
    }

    let kind: Kind
    let name: String
    /// Counts from 1.
    let line: Int
    /// Nothing else stands on its line.
    let isAlone: Bool
    /// What an error calls its file, where that is not the template's.
    var file: String?

    /// The same tag, said to stand in another file.
    func placed(in file: String) -> TemplateTag {
        var tag = self
        tag.file = file
        return tag
    }
}

/// Finds the tags of a template with their lines, which swift-mustache does not tell once it has parsed.
struct TemplateScanner {
    let file: String
    let text: String
    /// The number of the text's first line.
    var firstLine = 1

    /// - Throws: ``TemplateError`` for a tag that is not closed, for sections that do not match and for tags that are not
    ///   used here: changed delimiters and dynamic names.
    func tags() throws(TemplateError) -> [TemplateTag] {
        var tags: [TemplateTag] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var rest = line
            let number = firstLine + index
            while let opening = rest.firstRange(of: "{{") {
                if let reference = TextReference(in: rest, at: opening.lowerBound) {
                    tags.append(TemplateTag(kind: .text, name: reference.key, line: number, isAlone: false))
                    tags += try TemplateScanner(file: file, text: reference.style, firstLine: number).tags()
                    rest = rest[reference.range.upperBound...]
                    continue
                }
                let isTriple = rest[opening.upperBound...].first == "{"
                let start = isTriple ? rest.index(after: opening.upperBound) : opening.upperBound
                guard let closing = rest[start...].firstRange(of: isTriple ? "}}}" : "}}") else {
                    throw TemplateError(
                        file, line: number, "a tag is opened and not closed on its line", mend: "close it with }}")
                }
                let tag = line[opening.lowerBound..<closing.upperBound]
                let isAlone = line.allSatisfy { $0.isWhitespace } || line.trimmed == tag
                tags.append(
                    try self.tag(
                        rest[start..<closing.lowerBound], isTriple: isTriple, line: number, isAlone: isAlone))
                rest = rest[closing.upperBound...]
            }
        }
        try matchSections(tags)
        return tags
    }

    private func tag(
        _ inner: Substring, isTriple: Bool, line: Int, isAlone: Bool
    ) throws(TemplateError) -> TemplateTag {
        let kinds: [Character: TemplateTag.Kind] = [
            "#": .section, "^": .inverted, "/": .end, ">": .partial, "<": .parent, "$": .block, "!": .comment,
            "&": .unescaped,
        ]
        let text = Substring(inner.trimmed)
        guard let first = text.first else {
            throw TemplateError(file, line: line, "a tag is empty", mend: "write a name between the braces")
        }
        if isTriple { return TemplateTag(kind: .unescaped, name: String(text), line: line, isAlone: isAlone) }
        guard !"=%".contains(first) else {
            throw TemplateError(
                file, line: line, "“{{\(text)}}” is not a kind of tag that works here",
                mend: "use variables, sections and partials")
        }
        guard let kind = kinds[first] else {
            return TemplateTag(kind: .variable, name: String(text), line: line, isAlone: isAlone)
        }
        return TemplateTag(kind: kind, name: text.dropFirst().trimmed, line: line, isAlone: isAlone)
    }

    /// Sections are rendered inside each other on the stack.
    private static let deepest = 50

    private func matchSections(_ tags: [TemplateTag]) throws(TemplateError) {
        var open: [TemplateTag] = []
        for tag in tags {
            switch tag.kind {
            case .section, .inverted, .parent, .block:
                open.append(tag)
                guard open.count <= Self.deepest else {
                    throw TemplateError(
                        file, line: tag.line, "“\(tag.name)” is inside \(Self.deepest) other sections",
                        mend: "put what is inside into a template of its own")
                }
            case .end:
                guard let last = open.popLast() else {
                    throw TemplateError(
                        file, line: tag.line, "“{{/\(tag.name)}}” closes nothing", mend: "remove it or open its section"
                    )
                }
                guard last.name == tag.name else {
                    throw TemplateError(
                        file, line: tag.line,
                        "“{{/\(tag.name)}}” comes while “\(last.name)” of line \(last.line) is open",
                        mend: "close “\(last.name)” first")
                }
            default: break
            }
        }
        if let last = open.last {
            throw TemplateError(
                file, line: last.line, "the section “\(last.name)” is not closed", mend: "add {{/\(last.name)}}")
        }
    }
}
