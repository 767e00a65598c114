import Filters
import Papers
import Store

/// Finds stored papers by filters and by words, through the index that the database keeps of them.
///
/// What is read for one question is bounded: of very many papers that may be meant, the newest are looked at.
public struct SearchIndex: Sendable {
    /// A page of what was found.
    public struct Page: Sendable {
        /// In the order that was asked for.
        public var papers: [StoredPaper]
        /// What the next search goes on from, to older papers or those that answer less well; nil where there are none.
        public var older: Place?
        /// The same to newer or better ones.
        public var newer: Place?
        /// Whether no paper has all of the words that were typed, so that these have some of them.
        public var isLoose = false
    }

    /// Between which papers a page begins.
    public enum Place: Sendable, Hashable {
        case newest
        /// Older than the paper that became news under this number.
        case before(Int64)
        /// Newer than it, the nearest.
        case after(Int64)
        /// After so many of those that answer best.
        case best(Int)
    }

    let papers: PaperStore
    private let installation: Installation

    /// The most papers that are read for one page.
    private static let most = 3000
    /// No page of the best begins after more.
    private static let last = 100_000
    private static let atOnce = 60
    /// Of how many papers it is asked at once whether they may match.
    private static let placesAtOnce = 600
    /// The most bytes of their titles and abstracts that are looked through: about what as many usual papers have, and some
    /// tenths of a second of a processor.
    private static let mostText = 6 << 20

    public init(_ installation: Installation) {
        self.installation = installation
        papers = installation.database.papers
    }

    /// The papers that were meant, from a place on.
    public func search(_ wording: SearchWording, from place: Place, size: Int) async throws -> Page {
        if case .best(let start) = place {
            return wording.words.isEmpty
                ? try await search(wording.filter, size: size)
                : try await best(wording, from: min(max(0, start), Self.last), size: size)
        }
        var page = try await search(wording.filter, from: place, size: size)
        guard page.papers.isEmpty, page.older == nil, wording.kind == .text, let loose = wording.loose else {
            return page
        }
        // That nothing has all words is found on the first page, and holds for those that follow.
        page = try await search(loose, from: place, size: size)
        page.isLoose = true
        return page
    }

    /// The papers that a filter finds, the newest first, from a place on.
    public func search(_ filter: Filter, from place: Place = .newest, size: Int) async throws -> Page {
        var question = SearchQuestion(filter)
        var candidates = Candidates(SearchNeed(filter), place, papers)
        var found: [StoredPaper] = []
        var read = 0
        var last: Int64?
        while found.count <= size, read < Self.most, question.textRead < Self.mostText {
            let some = try await candidates.next(Self.atOnce, of: Self.placesAtOnce)
            guard let end = some.last else { break }
            found += try await matches(&question, some)
            read += some.count
            last = end
        }
        // One that was found beyond the page only tells that there is another.
        if found.count > size {
            let shown = Array(found.prefix(size))
            return page(shown, goesOn: shown.last?.surfacedSeq, from: place)
        }
        return page(found, goesOn: candidates.areAll ? nil : last, from: place)
    }

    private func page(_ papers: [StoredPaper], goesOn last: Int64?, from place: Place) -> Page {
        switch place {
        case .newest, .best: Page(papers: papers, older: last.map(Place.before), newer: nil)
        case .before(let number):
            Page(
                papers: papers, older: last.map(Place.before),
                newer: .after(papers.first?.surfacedSeq ?? max(1, number) - 1))
        case .after(let number):
            Page(
                papers: papers.reversed(),
                older: .before(papers.first?.surfacedSeq ?? min(number, WholeNumber.rows.upperBound) + 1),
                newer: last.map(Place.after))
        }
    }

    /// Those at some places that match, in the order of the places.
    func matches(_ question: inout SearchQuestion, _ places: [Int64]) async throws -> [StoredPaper] {
        let papers = try await papers.visible(places: places)
        let standings = try await PaperStandings.of(
            papers, asksForSightings: question.filter.asksForSightings, in: installation.database)
        let matching = question.matching(papers, standings)
        let byPlace = Dictionary(matching.map { ($0.surfacedSeq, $0) }, uniquingKeysWith: { first, _ in first })
        return places.compactMap { byPlace[$0] }
    }
}

/// The places of papers that may match, the nearest first, some at a time.
private struct Candidates {
    private let need: SearchNeed?
    private let papers: PaperStore
    private var side: PaperStore.SearchSide
    private var waiting: ArraySlice<Int64> = []
    private var isOver = false

    init(_ need: SearchNeed?, _ place: SearchIndex.Place, _ papers: PaperStore) {
        self.need = need
        self.papers = papers
        side =
            switch place {
            case .newest, .best: .before(.max)
            case .before(let number): .before(number)
            case .after(let number): .after(number)
            }
    }

    /// Whether there are no more.
    var areAll: Bool { isOver && waiting.isEmpty }

    /// - Parameter most: how many are asked for at once.
    mutating func next(_ count: Int, of most: Int) async throws -> [Int64] {
        if waiting.isEmpty, !isOver {
            let places = try await papers.places(of: need, side, limit: most)
            isOver = places.count < most
            if let last = places.last {
                if case .after = side { side = .after(last) } else { side = .before(last) }
            }
            waiting = places[...]
        }
        let some = waiting.prefix(count)
        waiting = waiting.dropFirst(count)
        return Array(some)
    }
}
