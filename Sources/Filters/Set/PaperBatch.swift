import Papers

/// Papers made ready to be asked by many filters at once: cut into words once, each word with the papers that have it.
public struct PaperBatch: Sendable {
    public let papers: [Paper]
    let standings: [PaperStanding]
    /// Every different word of the batch, as spelt and folded, with the forms under which filters may find it.
    private(set) var vocabulary: [(spelling: String, keys: [String])] = []
    private(set) var runs: [TextRun] = []
    /// Each different author once.
    private(set) var authors: [BatchAuthor] = []
    private(set) var categories: [(key: String, papers: [Int])] = []
    /// By block, then word: the row of ``presence`` that holds the word in that block; 0 where it does not occur there.
    private var rows: [UInt32] = []
    /// By row, then scope (title first). Most words occur in one block only, however many there are.
    private var presence: [PaperBits] = []

    public var count: Int { papers.count }
    /// How many pairs of a word and a block it occurs in are kept.
    var presenceCount: Int { presence.count / Self.scopes.count - 1 }
    var blockCount: Int { (papers.count + PaperBits.papers - 1) / PaperBits.papers }

    /// - Parameter standings: what `feed:` and `is:` need to know, for the papers of which something is known.
    public init(_ papers: [Paper], standings: [PaperID: PaperStanding] = [:]) {
        self.papers = papers
        self.standings = papers.map { standings[$0.id] ?? PaperStanding() }
        var builder = BatchBuilder()
        for (index, paper) in papers.enumerated() { builder.add(paper, at: index) }
        vocabulary = builder.vocabulary
        runs = builder.runs
        authors = builder.authors
        categories = builder.categories
        rows = Array(repeating: 0, count: blockCount * vocabulary.count)
        presence = Array(repeating: .zero, count: Self.scopes.count)
        for run in runs { note(run) }
    }

    /// The scopes that hold text themselves.
    private static let scopes: [TextScope] = [.title, .abstract, .keyword, .organization]

    /// The papers of a block that have a word in a scope.
    func papers(with word: Int, in scope: TextScope, block: Int) -> PaperBits {
        let row = Int(rows[block * vocabulary.count + word])
        guard row > 0 else { return .zero }
        guard scope == .anywhere else { return presence[Self.place(row, scope)] }
        return TextScope.anywhere.parts.reduce(into: .zero) { $0 |= presence[Self.place(row, $1)] }
    }

    private static func place(_ row: Int, _ scope: TextScope) -> Int { row * scopes.count + Int(scope.rawValue) - 1 }

    private mutating func note(_ run: TextRun) {
        let (block, paper) = run.paper.quotientAndRemainder(dividingBy: PaperBits.papers)
        let start = block * vocabulary.count
        for words in [run.words, run.fused] {
            for word in words where word >= 0 {
                var row = Int(rows[start + Int(word)])
                if row == 0 {
                    row = presence.count / Self.scopes.count
                    rows[start + Int(word)] = UInt32(row)
                    for _ in Self.scopes { presence.append(.zero) }
                }
                presence[Self.place(row, run.scope)].insert(paper)
            }
        }
    }
}

/// An author with the papers of the batch that have this name on them.
struct BatchAuthor: Sendable {
    let name: PersonName
    /// Under which a pattern that may match is found.
    let keys: Set<String>
    var papers: [Int] = []

    init(_ name: PersonName) {
        self.name = name
        keys = NamePattern.keys(of: name)
    }
}

/// One text of a paper as words of the batch's vocabulary; a phrase is looked for inside one run.
struct TextRun: Sendable {
    let paper: Int
    let scope: TextScope
    let words: [Int32]
    /// At each place that word and the next as one, where a hyphen or the like joins them; else -1.
    let fused: [Int32]
}

/// Gathers what ``PaperBatch`` keeps.
private struct BatchBuilder {
    private(set) var vocabulary: [(spelling: String, keys: [String])] = []
    private(set) var runs: [TextRun] = []
    private(set) var authors: [BatchAuthor] = []
    private(set) var categories: [(key: String, papers: [Int])] = []
    private var words: [String: Int32] = [:]
    private var authorPlaces: [PersonName: Int] = [:]
    private var categoryPlaces: [String: Int] = [:]

    mutating func add(_ paper: Paper, at index: Int) {
        add(paper.title, .title, index)
        add(paper.abstract, .abstract, index)
        for keyword in paper.keywords { add(keyword, .keyword, index) }
        if let organization = paper.organization { add(organization, .organization, index) }
        for author in paper.authors {
            let name = PersonName(author.name)
            let place = authorPlaces[name, default: authors.count]
            if place == authors.count { authors.append(BatchAuthor(name)) }
            authorPlaces[name] = place
            authors[place].papers.append(index)
        }
        for category in Set(paper.categories.map(CategoryPattern.key)) {
            let place = categoryPlaces[category, default: categories.count]
            if place == categories.count { categories.append((category, [])) }
            categoryPlaces[category] = place
            categories[place].papers.append(index)
        }
    }

    private mutating func add(_ text: String, _ scope: TextScope, _ paper: Int) {
        let split = Words.split(text)
        guard !split.isEmpty else { return }
        var fused = Array(repeating: Int32(-1), count: split.count)
        for index in split.indices.dropLast() where split[index].hangsOnNext {
            fused[index] = number(of: split[index].text + split[index + 1].text)
        }
        runs.append(TextRun(paper: paper, scope: scope, words: split.map { number(of: $0.text) }, fused: fused))
    }

    private mutating func number(of word: String) -> Int32 {
        if let known = words[word] { return known }
        let number = Int32(vocabulary.count)
        vocabulary.append((word, Inflection.keys(of: word)))
        words[word] = number
        return number
    }
}
