import Core
import Papers

/// Authors that share one string.
enum AuthorList {
    /// `dc:creator` of arXiv's listings: names divided by commas, with affiliations in parentheses that hold commas of their
    /// own (`Ke Cheng (Beihang University, Beijing, China), Mingjie Bi`), in TeX (`Andr\'e`).
    static func authors(inCreators creators: [[UInt8]], as form: TextForm = .plainWithReferences) -> [Author] {
        creators.flatMap { creator in
            parts(of: PlainText.clean(creator, as: form)).reduce(into: [Author]()) { authors, part in
                // `Martin Luther King, Jr.`
                if let suffix = suffix(part), !authors.isEmpty {
                    authors[authors.count - 1].name += " " + suffix
                } else if let author = author(part) {
                    authors.append(author)
                }
            }
        }
    }

    /// The names beside mail addresses, in whatever order and brackets: `Name <mail>`, `mail (Name)`, `Name (mail)`, as RSS
    /// and RFC 5322 have them, several divided by commas or semicolons. Text without a mail address is one name, and a mail
    /// address without a name is none.
    static func people(_ text: String) -> [String] {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return [text] }
        let addresses = text.split(whereSeparator: \.isWhitespace).filter(isMailAddress).count
        guard addresses > 1 else { return [person(text)].compactMap(\.self) }
        return text.split { $0 == "," || $0 == ";" }.compactMap { person($0.trimmed) }
    }

    private static func person(_ text: String) -> String? {
        let words = text.split(whereSeparator: \.isWhitespace).filter { !isMailAddress($0) }
        let name = words.joined(separator: " ").trimmed
        let outer = name.drop { "([<\"'".contains($0) }
        let isWrapped = outer.startIndex != name.startIndex
        let ends = isWrapped ? ")]>\"',;:-–" : ",;:-–"
        let inner = outer.drop { ",;:-–".contains($0) }.trimmed.reversed().drop { ends.contains($0) || $0.isWhitespace }
        return inner.isEmpty ? nil : String(inner.reversed())
    }

    private static func isMailAddress(_ word: Substring) -> Bool {
        let bare = word.drop { "(<[\"'".contains($0) }
        let parts = (bare.lowercased().hasPrefix("mailto:") ? bare.dropFirst(7) : bare).split(
            separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return false }
        return parts[1].contains { $0 == "." } && parts[1].first != "."
    }

    /// Divides at commas outside parentheses and braces.
    private static func parts(of text: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var depth = 0
        var start = 0
        for (index, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "}"): depth = max(0, depth - 1)
            case UInt8(ascii: ",") where depth == 0:
                parts.append(text[start..<index])
                start = index + 1
            default: break
            }
        }
        parts.append(text[start...])
        return parts
    }

    private static func suffix(_ part: ArraySlice<UInt8>) -> String? {
        guard part.count <= 5 else { return nil }
        let word = String(decoding: part, as: UTF8.self).trimmed
        return ["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"].contains(word) ? word : nil
    }

    /// A name and what stands in parentheses behind it; a part without a name is a key to affiliations.
    private static func author(_ part: ArraySlice<UInt8>) -> Author? {
        let open = part.firstIndex(of: UInt8(ascii: "(")) ?? part.endIndex
        guard let name = FieldText.clean(Array(part[..<open]), as: .plain) else { return nil }
        guard open < part.endIndex else { return Author(name) }
        let close = part.lastIndex(of: UInt8(ascii: ")")) ?? part.endIndex
        let inner = part[(open + 1)..<max(open + 1, close)]
        return Author(name, affiliation: FieldText.clean(Array(inner), as: .plain))
    }
}
