import Filters
import Papers
import Store

extension SearchIndex {
    /// So many of the newest papers that may be meant are ranked; with all words in the title, as many more.
    private static let ranked = 500
    /// The same for each way of having some words only.
    private static let rankedOfEach = 150
    /// By so many papers it is told how rare a word is.
    private static let sample = 400
    private static let atOnce = 60

    /// A paper that may be meant, and how well it answers.
    private struct Ranked {
        let place: Int64
        let score: Double
    }

    /// The papers that answer best, after so many.
    func best(_ wording: SearchWording, from start: Int, size: Int) async throws -> Page {
        let words = wording.words
        let rarities = try await rarities(of: words)
        var isLoose = false
        var places = try await strictPlaces(wording)
        var found: [StoredPaper] = []
        if !places.isEmpty { found = try await take(wording, places, rarities, from: start, size) }
        if found.isEmpty, wording.kind == .text, words.telling.count > 1,
            try await isEmpty(wording, places, rarities, start)
        {
            isLoose = true
            places = try await loosePlaces(words, rarities.papers)
            found = try await take(wording, places, rarities, from: start, size)
        }
        let shown = Array(found.prefix(size))
        return Page(
            papers: shown, older: found.count > size ? .best(start + size) : nil,
            newer: start > 0 ? .best(max(0, start - size)) : nil, isLoose: isLoose)
    }

    /// Whether nothing was found from the first on, and not just from the page on.
    private func isEmpty(
        _ wording: SearchWording, _ places: [Int64], _ rarities: Rarities, _ start: Int
    ) async throws -> Bool {
        if places.isEmpty || start == 0 { return true }
        return try await take(wording, places, rarities, from: 0, 1).isEmpty
    }

    /// How many papers have each of the words, and how many there are.
    private struct Rarities {
        var papers: [Int]
        var all: Int
    }

    /// What is found of each word among the newest papers tells about all.
    private func rarities(of words: SearchWords) async throws -> Rarities {
        let latest = Int(max(1, try await papers.latestSeq()))
        let samples = try await papers.places(ofEach: words.telling.map(\.need), limit: Self.sample)
        let counts = samples.map { places -> Int in
            guard places.count == Self.sample, let last = places.last else { return places.count }
            // Papers of past days are behind all others.
            guard last > 0 else { return max(Self.sample, latest / 20) }
            return max(Self.sample, Self.sample * latest / max(1, latest - Int(last) + 1))
        }
        return Rarities(papers: counts.map { min($0, latest) }, all: latest)
    }

    private func strictPlaces(_ wording: SearchWording) async throws -> [Int64] {
        guard wording.kind == .text else {
            return try await papers.places(of: SearchNeed(wording.filter), limit: Self.ranked * 2)
        }
        guard let need = wording.words.needOfAll else { return [] }
        let newest = try await papers.places(of: need, limit: Self.ranked)
        guard newest.count == Self.ranked, let titles = wording.words.needInTitle else { return newest }
        return Self.distinct([newest, try await papers.places(of: titles, limit: Self.ranked)])
    }

    /// Papers that lack a word, and those that have the rarest ones.
    private func loosePlaces(_ words: SearchWords, _ rarities: [Int]) async throws -> [Int64] {
        let rarest = zip(words.telling, rarities).filter { $0.1 > 0 }.sorted { $0.1 < $1.1 }.prefix(8).map(\.0)
        let pairs = zip(rarest, rarest.dropFirst()).map { SearchWords.both($0, $1) }
        return Self.distinct(
            try await papers.places(
                ofEach: words.needsOfMost + pairs + rarest.map(\.need), limit: Self.rankedOfEach))
    }

    private static func distinct(_ lists: [[Int64]]) -> [Int64] {
        var seen: Set<Int64> = []
        return lists.flatMap { $0 }.filter { seen.insert($0).inserted }
    }

    /// The best of some papers that are not hidden and match, from `start` on, and one more than the page holds.
    private func take(
        _ wording: SearchWording, _ places: [Int64], _ rarities: Rarities, from start: Int, _ size: Int
    ) async throws -> [StoredPaper] {
        let ranked = try await rank(places, wording.words, rarities)
        // What has all telling words is not asked for the others.
        let isExact = wording.kind == .filter
        var question = SearchQuestion(wording.filter)
        var found: [StoredPaper] = []
        var next = 0
        while found.count <= start + size, next < ranked.count {
            let some = ranked[next..<min(ranked.count, next + Self.atOnce)].map(\.place)
            next += some.count
            found += isExact ? try await matches(&question, some) : try await visible(some)
        }
        return Array(found.dropFirst(start))
    }

    private func visible(_ places: [Int64]) async throws -> [StoredPaper] {
        let byPlace = Dictionary(
            try await papers.visible(places: places).map { ($0.surfacedSeq, $0) },
            uniquingKeysWith: { first, _ in first })
        return places.compactMap { byPlace[$0] }
    }

    /// The best first; of papers that answer as well, the newer.
    private func rank(_ places: [Int64], _ words: SearchWords, _ rarities: Rarities) async throws -> [Ranked] {
        let texts = try await papers.searchTexts(places: places)
        let known = places.filter { texts[$0] != nil }
        var score = SearchScore(words, papers: rarities.papers, of: rarities.all)
        let scores = score.scores(of: known.compactMap { texts[$0]?.text })
        return zip(known, scores).map { Ranked(place: $0, score: $1) }
            .sorted { ($0.score, $0.place) > ($1.score, $1.place) }
    }
}
