import Core

/// Why a document is no library that can be read.
public struct LibraryError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Problem: String, Sendable, CaseIterable {
        /// Nothing but white space.
        case empty
        /// Larger than ``ParsedLibrary/maxBytes``.
        case tooLarge = "too-large"
        /// None of the formats of ``LibraryFormat``.
        case unknown
        /// A known format that breaks before its first entry, or that is built to do harm.
        case broken
    }

    public let problem: Problem
    /// What a parser of the format says, with the place; empty where it says nothing more.
    public let detail: String

    init(_ problem: Problem, _ detail: String = "") {
        self.problem = problem
        self.detail = detail
    }

    /// One sentence that says what is wrong and how to mend it.
    public var description: String {
        switch problem {
        case .empty: "it is empty: export the library again"
        case .tooLarge:
            "it has more than \(ParsedLibrary.maxBytes >> 20) MB: export it in parts, or without notes and attachments"
        case .unknown:
            "it is no library that can be read: export it as BibTeX, RIS, CSL-JSON, Zotero RDF or CSV, or give arXiv ids "
                + "and DOIs, one a line"
        case .broken: "it breaks off before its first entry ends (\(detail)): export it again"
        }
    }
}

/// Something in a library that is no entry.
public struct SkippedEntry: Hashable, Sendable {
    public enum Reason: String, Sendable, CaseIterable {
        /// Neither a title nor anything that names the paper.
        case unnamed
        /// Not written as the format has it, such as a brace that is never closed.
        case broken
        /// A line of a list that is no arXiv id, DOI or address of a paper.
        case noIdentifier = "no-identifier"
    }

    /// From 1; nil where the format has no lines to speak of.
    public let line: Int?
    /// Its key, or the beginning of its text.
    public let name: String
    public let reason: Reason

    public init(line: Int?, name: String, reason: Reason) {
        self.line = line
        self.name = name
        self.reason = reason
    }

    /// One line: `line 12 “smith2020”: it has neither a title nor an arXiv id or DOI`.
    public var description: String {
        let place = [line.map { "line \($0)" }, name.isEmpty ? nil : "“\(name)”"].compactMap(\.self)
        let words =
            switch reason {
            case .unnamed: "it has neither a title nor an arXiv id or DOI; add one of them"
            case .broken:
                "it is not written as the format has it; look for a brace or quotation mark that is never closed"
            case .noIdentifier: "it is no arXiv id, DOI or address of a paper"
            }
        return (place.isEmpty ? ["an entry"] : place).joined(separator: " ") + ": " + words
    }
}
