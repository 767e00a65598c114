import Core

/// A paper as somebody's own library names it, in clean Unicode text: what a reference manager exports of it.
public struct LibraryEntry: Hashable, Sendable {
    /// Empty where nothing but an identifier is known.
    public var title: String
    public var authors: [Author]
    /// Empty where the library has none.
    public var abstract: String
    public var keywords: [String]
    /// Of publication.
    public var year: Int?
    /// What names the paper, each once, the strongest first.
    public private(set) var ids: [PaperID] = []

    /// - Parameter ids: in any order; addresses that name no paper wherever they are listed are left out, for many papers
    ///   may share one.
    public init(
        title: String = "", authors: [Author] = [], abstract: String = "", keywords: [String] = [], year: Int? = nil,
        ids: [PaperID] = []
    ) {
        self.title = title
        self.authors = authors
        self.abstract = abstract
        self.keywords = keywords
        self.year = year
        for id in ids.sorted(by: { $0.scheme.strength < $1.scheme.strength })
        where id.namesPaper && !self.ids.contains(id) {
            self.ids.append(id)
        }
    }

    /// The keys by which a stored paper is the same: those of its identifiers, then that of its title by its first author.
    public var linkKeys: [String] {
        let keys = ids.map(\.key)
        guard let id = ids.first ?? PaperID(key: "entry:library"), !title.isEmpty else { return keys }
        var entry = Entry(id: id, title: title)
        entry.authors = authors
        return keys + (entry.titleKey.map { [$0] } ?? [])
    }

    /// The keys by which two entries of a library are one: those of their identifiers, and their title with the year.
    public var sameKeys: [String] {
        let keys = ids.map(\.key)
        guard !title.isEmpty else { return keys }
        return keys + ["titled:\(Entry.folded(title))/\(year.map(String.init) ?? "")"]
    }
}

extension PaperID.Scheme {
    fileprivate var strength: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
