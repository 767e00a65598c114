/// The formats in which reference managers write a library.
public enum LibraryFormat: String, Sendable, CaseIterable {
    case bibTeX = "BibTeX"
    case ris = "RIS"
    /// https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
    case cslJSON = "CSL-JSON"
    case zoteroRDF = "Zotero RDF"
    case csv = "CSV"
    /// arXiv ids, DOIs and addresses, one a line or divided by blanks, commas and semicolons.
    case identifiers

    /// Tells the format from the document itself: names and declared types of uploads are often wrong.
    ///
    /// - Parameter text: UTF-8 without byte order mark. The whole may be looked through, once.
    static func format(of text: [UInt8]) -> LibraryFormat {
        guard let first = text.first(where: { !$0.isXMLBlank }) else { return .identifiers }
        switch first {
        case UInt8(ascii: "<"): return .zoteroRDF
        case UInt8(ascii: "["), UInt8(ascii: "{"): return .cslJSON
        default: break
        }
        // Both may have notes before their first entry.
        var start = 0
        while start < text.count {
            let end = text[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.count
            let line = text[start..<end]
            if BibTeXReader.beginsEntry(text, at: start + line.prefix(while: \.isXMLBlank).count) { return .bibTeX }
            if RISLibrary.tag(of: line)?.name == "TY" { return .ris }
            start = end + 1
        }
        return CSVLibrary.hasHeader(text) ? .csv : .identifiers
    }
}
