import Papers

/// A paper cut into the words that filters ask for: made once where many filters are asked about one paper.
public struct PaperText: Sendable {
    let paper: Paper
    let standing: PaperStanding
    let authors: [PersonName]
    private let title: [[TextWord]]
    private let abstract: [[TextWord]]
    private let keywords: [[TextWord]]
    private let organization: [[TextWord]]

    public init(_ paper: Paper, _ standing: PaperStanding = PaperStanding()) {
        self.paper = paper
        self.standing = standing
        authors = paper.authors.map { PersonName($0.name) }
        title = [TextWord.read(paper.title)]
        abstract = [TextWord.read(paper.abstract)]
        keywords = paper.keywords.map(TextWord.read)
        organization = [TextWord.read(paper.organization ?? "")]
    }

    /// The texts of a scope; a phrase never runs from one into the next.
    func segments(of scope: TextScope) -> [[TextWord]] {
        switch scope {
        case .anywhere: title + abstract + keywords
        case .title: title
        case .abstract: abstract
        case .keyword: keywords
        case .organization: organization
        }
    }
}

/// A word of a paper with every form under which a filter may find it.
struct TextWord: Hashable, Sendable {
    /// Folded, as it is spelt.
    let exact: String
    /// What an inflected word of a filter is compared with.
    let keys: [String]
    /// This word and the next as one, where only a hyphen or the like parts them.
    var fused: FusedWord?

    struct FusedWord: Hashable, Sendable {
        let exact: String
        let keys: [String]
    }

    static func read(_ text: String) -> [TextWord] {
        let words = Words.split(text)
        return words.indices.map { index in
            let word = words[index]
            var result = TextWord(exact: word.text, keys: Inflection.keys(of: word.text))
            if word.hangsOnNext, index + 1 < words.count {
                let fused = word.text + words[index + 1].text
                result.fused = FusedWord(exact: fused, keys: Inflection.keys(of: fused))
            }
            return result
        }
    }

    /// The forms that a word of this style is compared with.
    func forms(_ style: TextCondition.Style) -> [String] { style == .inflected ? keys : [exact] }
    func fusedForms(_ style: TextCondition.Style) -> [String] {
        guard let fused else { return [] }
        return style == .inflected ? fused.keys : [fused.exact]
    }
}
