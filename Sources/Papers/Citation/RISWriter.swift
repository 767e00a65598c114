/// A paper as RIS (https://en.wikipedia.org/wiki/RIS_(file_format)): lines with CR LF, as its makers asked for.
enum RISWriter {
    static func entry(_ paper: Citation) -> String {
        var lines = ""
        func line(_ tag: String, _ value: String?) {
            if let value, !value.isEmpty { lines += "\(tag)  - \(value)\r\n" }
        }
        line("TY", type(paper))
        line("ID", paper.key)
        line("TI", paper.title)
        for name in paper.names { line("AU", name.familyFirst) }
        if let day = paper.day {
            line("PY", String(day.year))
            line("DA", day.description.replacing("-", with: "/"))
        }
        line("T2", paper.journal)
        line("PB", paper.server)
        line("AN", paper.arXivID.map { "arXiv:\($0)" })
        line("DO", paper.doi)
        line("UR", paper.url)
        line("L1", paper.pdfURL)
        for keyword in paper.keywords { line("KW", keyword) }
        for note in paper.notes { line("N1", note) }
        line("AB", paper.abstract)
        return lines + "ER  - \r\n"
    }

    private static func type(_ paper: Citation) -> String {
        switch paper.kind {
        case .preprint: "UNPB"
        case .article: "JOUR"
        case .other: paper.doi == nil ? "ELEC" : "GEN"
        }
    }
}
