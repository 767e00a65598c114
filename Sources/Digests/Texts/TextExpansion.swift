import Core

/// Puts the texts of one language into a template.
struct TextExpansion {
    let table: StringTable

    /// The template as the parser gets it, and all tags with their places: those of texts in the strings file.
    ///
    /// - Throws: ``TemplateError`` with the line of a key that no text has, and of tags as ``TemplateScanner`` finds them.
    func expand(
        _ source: TemplateSources.Source, isHTML: Bool
    ) throws(TemplateError) -> (text: String, tags: [TemplateTag]) {
        var tags: [TemplateTag] = []
        for tag in try TemplateScanner(file: source.place, text: source.text).tags() {
            guard tag.kind == .text else {
                tags.append(tag)
                continue
            }
            tags += try entry(tag.name, in: source, line: tag.line).tags
        }
        var lines: [String] = []
        for (index, line) in source.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            lines.append(try expand(line, in: source, line: index + 1, isHTML: isHTML))
        }
        return (lines.joined(separator: "\n"), tags)
    }

    private func expand(
        _ line: Substring, in source: TemplateSources.Source, line number: Int, isHTML: Bool
    ) throws(TemplateError) -> String {
        var result = ""
        var rest = line
        while let reference = TextReference.first(in: rest) {
            let entry = try entry(reference.key, in: source, line: number)
            let isAlone = line.trimmed == rest[reference.range]
            result += rest[..<reference.range.lowerBound]
            if isHTML {
                result += TextMarkup.styled(entry.text, links: reference.style)
            } else {
                result += isAlone ? Self.wrapped(entry) : entry.plain
            }
            rest = rest[reference.range.upperBound...]
        }
        return result + rest
    }

    private func entry(
        _ key: String, in source: TemplateSources.Source, line: Int
    ) throws(TemplateError) -> StringTable.Entry {
        guard let entry = table.entries[key] else {
            throw TemplateError(
                source.place, line: line, "there is no text “\(key)” in \(table.file)",
                mend: "add it there, or name one of its keys")
        }
        return entry
    }

    /// Columns that a value is taken to fill when the text around it is broken into lines, before it is known.
    private static func columns(_ name: Substring) -> Int {
        switch name {
        case "firstDigest", "nextDigest", "topics": 48
        case _ where name.hasSuffix("URL"): 30
        default: 14
        }
    }

    /// In lines of 72 columns. Tags stay whole.
    private static func wrapped(_ entry: StringTable.Entry) -> String {
        var tags: [Character: Substring] = [:]
        var masked = ""
        var rest = entry.plain[...]
        while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}") {
            guard let mark = Unicode.Scalar(0xE000 + UInt32(tags.count)).map(Character.init) else { break }
            let tag = rest[start.lowerBound..<end.upperBound]
            tags[mark] = tag
            let isValue = tag.dropFirst(2).first?.isLetter == true
            let columns = isValue ? columns(tag.dropFirst(2).dropLast(2)) : 1
            masked += rest[..<start.lowerBound] + String(mark)
            masked += String(repeating: filler, count: columns - 1)
            rest = rest[end.upperBound...]
        }
        return WrappedText.wrap(masked + rest).reduce(into: "") { text, character in
            if let tag = tags[character] { text += tag } else if character != filler { text.append(character) }
        }
    }

    private static let filler: Character = "\u{F8FF}"
}
