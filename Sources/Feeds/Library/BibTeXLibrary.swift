import Core
import Papers

/// What BibTeX's fields mean, as BibTeX, biblatex and the exports of arXiv, Google Scholar, DBLP, Zotero, Mendeley and JabRef
/// have them.
enum BibTeXLibrary {
    static func read(_ text: [UInt8], into library: inout ParsedLibrary) {
        var reader = BibTeXReader(text)
        // A volume stands after the papers that are in it (btxdoc, section 3.2), so that these get its year at the end.
        var years: [String: Int] = [:]
        var waiting: [(place: Int, volume: String)] = []
        while library.wantsMore(), let record = reader.next() {
            // biblatex's frames without a paper of their own.
            if record.type == "set" || record.type == "xdata" { continue }
            let fields = fields(record)
            if record.isBroken, fields.title.isEmpty {
                library.skip(.broken, line: record.line, name: record.key)
            } else {
                let entry = fields.entry(isTeX: true)
                let place = library.entries.count
                library.take(entry, line: record.line, name: record.key)
                if let year = entry.year { years[record.key.trimmed.lowercased()] = year }
                if entry.year == nil, library.entries.count > place, let volume = record.fields["crossref"] {
                    waiting.append((place, String(decoding: volume, as: UTF8.self).trimmed.lowercased()))
                }
            }
        }
        for (place, volume) in waiting {
            if let year = years[volume] { library.setYear(year, of: place) }
        }
    }

    private static func fields(_ record: BibTeXReader.Record) -> LibraryFields {
        func text(_ name: String) -> String { record.fields[name].map { String(decoding: $0, as: UTF8.self) } ?? "" }
        var fields = LibraryFields()
        fields.title = record.fields["title"] ?? []
        if let subtitle = record.fields["subtitle"], !fields.title.isEmpty {
            fields.title += Array(": ".utf8) + subtitle
        }
        fields.authors = authors(record.fields["author"] ?? record.fields["editor"] ?? [])
        fields.abstract = record.fields["abstract"] ?? []
        fields.keywords = terms(record.fields["keywords"] ?? [])
        fields.date = text("year").isEmpty ? text("date") : text("year")
        // BibTeX's own address fields escape what TeX would read: `10.1000/a\_b`.
        fields.names = ["doi", "eprint", "url", "ee", "journal", "volume", "howpublished", "note", "number", "pmid"]
            .map { name in
                let value = text(name).replacing("\\_", with: "_").replacing("\\%", with: "%")
                    .replacing("\\&", with: "&").replacing("$<$", with: "<").replacing("$>$", with: ">").replacing(
                        "\\url", with: ""
                    ).filter { $0 != "{" && $0 != "}" }
                return name == "pmid" && !value.isEmpty ? "PMID: \(value)" : value
            }.filter { !$0.isEmpty }
        return fields
    }

    /// Commas and semicolons divide keywords.
    private static func terms(_ bytes: [UInt8]) -> [String] {
        bytes.prefix(20_000).split { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") }.compactMap {
            LibraryFields.clean(Array($0), as: .plainWithReferences, isTeX: true)
        }
    }

    // MARK: - Names

    private static let mostNames = 200

    /// Names divided by ` and ` outside braces (btxdoc, section 4); `others` is nobody.
    static func authors(_ bytes: [UInt8]) -> [String] {
        names(bytes).prefix(mostNames).compactMap { name($0) }.filter { $0.lowercased() != "others" }
    }

    private static func names(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var names: [ArraySlice<UInt8>] = []
        var (start, depth) = (0, 0)
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth = max(0, depth - 1)
            case UInt8(ascii: "a"), UInt8(ascii: "A"):
                guard depth == 0, index > start, bytes[index - 1].isXMLBlank, index + 3 < bytes.count,
                    bytes[index + 1] | 0x20 == UInt8(ascii: "n"), bytes[index + 2] | 0x20 == UInt8(ascii: "d"),
                    bytes[index + 3].isXMLBlank
                else { continue }
                names.append(bytes[start..<index])
                start = index + 3
            default: break
            }
        }
        names.append(bytes[start...])
        return names
    }

    /// `Lovelace, Ada`, `King, Jr., Martin Luther`, `{The ATLAS Collaboration}`, biblatex's `family=Berg, given=Jan`.
    private static func name(_ bytes: ArraySlice<UInt8>) -> String? {
        let bytes = bytes.trimmed(of: \.isXMLBlank)
        let parts = parts(bytes).map { LibraryFields.clean(Array($0), as: .plainWithReferences, isTeX: true) ?? "" }
        if parts.contains(where: { $0.lowercased().hasPrefix("family=") }) { return extended(parts) }
        let ordered: [String] =
            switch parts.count {
            case 2: [parts[1], parts[0]]
            case 3...: [parts[2], parts[0], parts[1]]
            default: parts
            }
        let name = ordered.filter { !$0.isEmpty }.joined(separator: " ")
        return name.isEmpty ? nil : name
    }

    private static func extended(_ parts: [String]) -> String? {
        var values: [String: String] = [:]
        for part in parts {
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else { continue }
            values[halves[0].trimmed.lowercased()] = halves[1].filter { $0 != "\"" }.trimmed
        }
        let name = ["given", "prefix", "family", "suffix"].compactMap { values[$0] }.joined(separator: " ")
        return name.isEmpty ? nil : name
    }

    /// Commas outside braces divide the parts of a name; what follows a third means nothing.
    private static func parts(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var (start, depth) = (bytes.startIndex, 0)
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth = max(0, depth - 1)
            case UInt8(ascii: ",") where depth == 0 && parts.count < 4:
                parts.append(bytes[start..<index])
                start = index + 1
            default: break
            }
        }
        return parts + [bytes[start...]]
    }
}
