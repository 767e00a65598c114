import Filters
import Papers
import Store

/// Which papers are like a paper, of all that are stored: candidates from the index of the search by what tells most about the
/// paper, ranked by how much their ``PaperVector``s have in common.
///
/// What is read for one question is bounded, however many papers there are: see ``RelatedQuestions``.
public actor RelatedPapers {
    private let papers: PaperStore
    private let search: SearchIndex
    private var vectors: PaperVectors?
    /// The number of the newest paper when the vocabulary was made, and of how many it was made.
    private var made: (seq: Int64, papers: Int64) = (0, 0)

    /// So many papers, from the oldest to the newest at equal distances, say how common words are.
    private static let sample: Int64 = 1500
    /// About 1 KB each.
    private static let keptVectors = 4000
    /// So many places of a question are looked at, on each side of the paper.
    static let places = 300
    /// So many candidates are compared word by word.
    static let compared = 120
    /// Below this much in common, two papers are alike by chance.
    private static let alike: Float = 0.05
    /// Where nothing has that much, one of several authors in common is better than nothing.
    private static let faint: Float = 0.015

    public init(_ installation: Installation) {
        papers = installation.database.papers
        search = SearchIndex(installation)
    }

    /// The papers most like this one, the likest first; hidden ones are left out.
    public func papers(like stored: StoredPaper, limit: Int) async throws -> [StoredPaper] {
        let vectors = try await prepared()
        let questions = RelatedQuestions(stored.paper, vectors.vocabulary, papers: made.seq)
        let found = try await papers.visible(places: try await candidates(for: stored, questions))
        let own = vectors.vector(of: stored)
        let ranked = found.filter { $0.seq != stored.seq }
            .map { (paper: $0, common: own.cosine(vectors.vector(of: $0))) }
            .sorted { ($0.common, $0.paper.surfacedSeq) > ($1.common, $1.paper.surfacedSeq) }
        let least = ranked.first.map { $0.common >= Self.alike } ?? false ? Self.alike : Self.faint
        let near = ranked.prefix(limit).filter { $0.common >= least }.map(\.paper)
        return near.isEmpty && !questions.haveWords ? try await papers(named: stored, limit: limit) : near
    }

    /// The places of papers that share most with this one by the index alone; of those that share as much, the nearest.
    func candidates(for stored: StoredPaper, _ questions: RelatedQuestions) async throws -> [Int64] {
        guard !questions.all.isEmpty else { return [] }
        let place = stored.surfacedSeq
        let answers = try await papers.places(
            ofEach: questions.all.map(\.need), around: place, limit: Self.places)
        var shared: [Int64: Float] = [:]
        for (question, places) in zip(questions.all, answers) {
            for found in places { shared[found, default: 0] += question.weight }
        }
        return shared.map { (place: $0.key, shared: $0.value, distance: abs($0.key - place)) }
            .sorted { ($1.shared, $0.distance, $1.place) < ($0.shared, $1.distance, $0.place) }
            .prefix(Self.compared).map(\.place)
    }

    /// Those that have all words of a title of which no word tells anything.
    private func papers(named stored: StoredPaper, limit: Int) async throws -> [StoredPaper] {
        guard let wording = try? SearchWording(stored.paper.title), !wording.words.isEmpty else { return [] }
        let page = try await search.search(wording, from: .best(0), size: limit + 1)
        return page.isLoose ? [] : Array(page.papers.filter { $0.seq != stored.seq }.prefix(limit))
    }

    private func prepared() async throws -> PaperVectors {
        let latest = try await papers.latestSeq()
        if let vectors, isFresh(latest) { return vectors }
        let step = max(1, (latest + Self.sample - 1) / Self.sample)
        let some = try await papers.papers(seqs: Set(stride(from: latest, to: 0, by: -Int(step))))
        // Somebody else may have made it meanwhile.
        if let vectors, isFresh(latest) { return vectors }
        let new = PaperVectors(Vocabulary(some.map(\.paper), for: .relation), most: Self.keptVectors)
        made = (latest, Int64(some.count))
        vectors = new
        return new
    }

    /// A tenth more papers hardly changes what is common; twice as many do.
    private func isFresh(_ latest: Int64) -> Bool { latest &- made.seq <= max(made.papers, made.seq) / 10 }
}

/// What the index of the search is asked to find papers like one: its most telling words, pairs and authors.
///
/// A word that very many papers have is asked for together with another. Of each question those nearest in time are looked at,
/// on either side, so that an old paper finds its contemporaries; of what few papers have, that is all of them.
struct RelatedQuestions {
    let all: [(need: SearchNeed, weight: Float)]
    /// Whether any word of the paper tells something.
    let haveWords: Bool

    private static let mostWords = 10
    private static let mostPairs = 6
    private static let mostAuthors = 3
    /// What more papers are thought to have is too common to be asked for alone: a database may have to look at all of them.
    private static let mostHolders = 10_000.0
    private static let weightOfAuthor: Float = 4

    /// - Parameter papers: how many are stored.
    init(_ paper: Paper, _ vocabulary: Vocabulary, papers: Int64) {
        let telling = vocabulary.telling(of: paper)
        func isCommon(_ term: Vocabulary.Telling) -> Bool { term.share * Double(papers) > Self.mostHolders }
        haveWords = !telling.isEmpty
        let words = telling.filter { $0.words.count == 1 }.prefix(Self.mostWords)
        var all: [(need: SearchNeed, weight: Float)] = []
        func ask(_ words: [String], _ weight: Float) {
            // What two papers share weighs by both.
            if let need = SearchNeed.words(words) { all.append((need, weight * weight)) }
        }
        for word in words {
            if !isCommon(word) {
                ask(word.words, word.weight)
            } else if let other = words.first(where: { $0.words != word.words }) {
                ask(word.words + other.words, word.weight)
            }
        }
        let pairs = telling.filter { $0.words.count == 2 && !isCommon($0) }.prefix(Self.mostPairs)
        for pair in pairs { ask(pair.words, pair.weight) }
        // The first wrote it, and the last often leads the group.
        for author
            in (paper.authors.prefix(Self.mostAuthors - 1) + paper.authors.dropFirst(Self.mostAuthors - 1).suffix(1))
        {
            if let need = SearchNeed.author(author.name) { all.append((need, Self.weightOfAuthor)) }
        }
        self.all = all
    }
}
