import Papers

/// Authors that share one string.
enum AuthorList {
    /// `dc:creator` of arXiv's listings: names divided by commas, with affiliations in parentheses that hold commas of their
    /// own (`Ke Cheng (Beihang University, Beijing, China), Mingjie Bi`), in TeX (`Andr\'e`).
    static func authors(inCreators creators: [[UInt8]]) -> [Author] {
        creators.flatMap { creator in
            parts(of: PlainText.clean(creator)).reduce(into: [Author]()) { authors, part in
                // `Martin Luther King, Jr.`
                if let suffix = suffix(part), !authors.isEmpty {
                    authors[authors.count - 1].name += " " + suffix
                } else if let author = author(part) {
                    authors.append(author)
                }
            }
        }
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
        guard let name = FieldText.clean(Array(part[..<open])) else { return nil }
        guard open < part.endIndex else { return Author(name) }
        let close = part.lastIndex(of: UInt8(ascii: ")")) ?? part.endIndex
        let inner = part[(open + 1)..<max(open + 1, close)]
        return Author(name, affiliation: FieldText.clean(Array(inner)))
    }
}
