/// The formats in which papers are given to reference managers.
public enum CitationFormat: String, Sendable, CaseIterable {
    case bibTeX = "BibTeX"
    case ris = "RIS"
    case cslJSON = "CSL-JSON"

    /// The ending of a file's name, with its dot.
    public var ending: String {
        switch self {
        case .bibTeX: ".bib"
        case .ris: ".ris"
        case .cslJSON: ".csl.json"
        }
    }

    /// Reference managers of browsers take what comes under these.
    public var contentType: String {
        switch self {
        case .bibTeX: "application/x-bibtex; charset=utf-8"
        case .ris: "application/x-research-info-systems; charset=utf-8"
        case .cslJSON: "application/vnd.citationstyles.csl+json; charset=utf-8"
        }
    }

    /// The whole document, in UTF-8. `ParsedLibrary` of `Feeds` reads it back.
    public func document(_ papers: [Paper]) -> String {
        let papers = papers.map(Citation.init)
        return switch self {
        case .bibTeX: papers.map(BibTeXWriter.entry).joined(separator: "\n")
        case .ris: papers.map(RISWriter.entry).joined(separator: "\r\n")
        case .cslJSON: CSLWriter.document(papers)
        }
    }
}
