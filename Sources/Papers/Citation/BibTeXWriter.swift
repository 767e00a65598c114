/// A paper as BibTeX (https://ctan.org/pkg/btxdoc), with the fields of biblatex and of arXiv's own export.
enum BibTeXWriter {
    static func entry(_ paper: Citation) -> String {
        var fields: [(String, String)] = []
        func set(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { fields.append((name, "{\(value)}")) }
        }
        set("title", LaTeXText.title(paper.title))
        set("author", paper.names.map(name).joined(separator: " and "))
        set("year", paper.day.map { String($0.year) })
        // Without braces: the names of months are the styles'.
        if let day = paper.day { fields.append(("month", months[day.month - 1])) }
        set("journal", paper.journal.map(LaTeXText.escaped))
        set("eprint", paper.arXivID)
        if paper.arXivID != nil {
            set("archiveprefix", "arXiv")
            set("primaryclass", paper.primaryClass.map(LaTeXText.escaped))
        } else {
            set("publisher", paper.server.map(LaTeXText.escaped))
        }
        set("doi", paper.doi)
        set("url", paper.url)
        set("note", paper.notes.map(LaTeXText.escaped).joined(separator: ". "))
        set("keywords", paper.keywords.map(LaTeXText.escaped).joined(separator: ", "))
        set("abstract", LaTeXText.escaped(paper.abstract))
        let type = paper.kind == .article ? "article" : "misc"
        return "@\(type){\(paper.key),\n" + fields.map { "  \($0) = \($1),\n" }.joined() + "}\n"
    }

    /// `van der Berg, Jan`, `King, Jr., Martin Luther`; in braces what is not to be divided.
    private static func name(_ name: CitedName) -> String {
        if name.isWhole { return "{\(LaTeXText.escaped(name.family))}" }
        return [name.fullFamily, name.suffix, name.given].filter { !$0.isEmpty }.map { part in
            let written = LaTeXText.escaped(part)
            return part.split(separator: " ").contains { $0.lowercased() == "and" } ? "{\(written)}" : written
        }.joined(separator: ", ")
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
}
