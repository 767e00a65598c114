import Feeds
import Filters
import Foundation
import Papers
import TestTools
import Workers

/// Papers of the real days that `BROADSHEET_TEST_FEEDS` names.
enum RealDays {
    /// Each paper once; empty where the folder is not named.
    static func entries() throws -> [Entry] {
        guard let path = ProcessInfo.processInfo.environment["BROADSHEET_TEST_FEEDS"] else { return [] }
        let root = URL(fileURLWithPath: path)
        var seen: Set<PaperID> = []
        return try ["huggingface", "huggingface/corpus"].flatMap { folder in
            try FileManager.default.contentsOfDirectory(
                at: root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
        }.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }.flatMap { file in
            // The folder also holds what is no day.
            let bytes = Array(try Data(contentsOf: file))
            return (try? ParsedFeed(parsing: FeedDocument(bytes: bytes)))?.entries ?? []
        }.filter { seen.insert($0.id).inserted }
    }

    static func invented() -> [Entry] {
        (try? ParsedFeed(parsing: FeedDocument(bytes: SampleDay.json(papers: 200))))?.entries ?? []
    }
}

/// As many papers as are wanted, each of a title, sentences and authors of several others, and with rare words of its own, so
/// that words are as common as in the real ones and no paper is another.
struct GrownPapers {
    let seeds: [Entry]
    private let sentences: [[Substring]]
    private var random = SplitMix64(seed: 20)
    private var number = 0

    init(_ seeds: [Entry]) {
        self.seeds = seeds
        sentences = seeds.map { ($0.abstract ?? "").split(separator: ".").filter { $0.count > 20 } }
    }

    mutating func next(_ count: Int) -> [Entry] { (0..<count).compactMap { _ in next() } }

    private mutating func next() -> Entry? {
        number += 1
        let month = String(format: "%02d%02d", 10 + number / 600_000, 1 + number / 50_000 % 12)
        guard let id = PaperID(parsing: "\(month).\(String(format: "%05d", number % 50_000))"),
            let titled = seeds.randomElement(using: &random), let other = seeds.randomElement(using: &random)
        else { return nil }
        var words = titled.title.split(separator: " ")
        let theirs = other.title.split(separator: " ")
        if let place = words.indices.randomElement(using: &random), let word = theirs.randomElement(using: &random) {
            words[place] = word
        }
        var entry = Entry(id: id, title: words.joined(separator: " ") + " zq\(number)")
        let parts = (0..<8).compactMap { _ in sentences.randomElement(using: &random)?.randomElement(using: &random) }
        entry.abstract = parts.joined(separator: ". ") + ". zr\(number % 50_000) zs\(number % 900)."
        entry.authors = Array((titled.authors.prefix(3) + other.authors.prefix(3)).prefix(5))
        entry.categories = other.categories.isEmpty ? ["cs.LG"] : other.categories
        entry.upvotes = Int.random(in: 0..<60, using: &random)
        entry.url = "https://example.org/\(number)"
        return entry
    }
}

/// How good the answers are: a keyword that a curator gave papers, and that was taken from them before they were stored, has to
/// bring these papers (nDCG of the first ten); `bm25s` from PyPI on the same papers and keywords beside it.
struct SearchQuality {
    let entries: [Entry]
    private static let shown = 10
    private static let fewest = 3

    func run(in folder: URL) async throws -> [Figure] {
        let kept = entries.filter { !$0.keywords.isEmpty }
        var holders: [String: Set<Int>] = [:]
        for (index, entry) in kept.enumerated() {
            for keyword in Set(entry.keywords.map { $0.lowercased() }) { holders[keyword, default: []].insert(index) }
        }
        let questions = holders.filter { $0.value.count >= Self.fewest }.sorted { $0.key < $1.key }
        guard !questions.isEmpty else { return [] }
        let installation = try await SearchBenchmark.installation(folder, "quality")
        let bare = kept.map { entry in
            var entry = entry
            entry.keywords = []
            return entry
        }
        _ = try await installation.database.papers.record(
            bare, feed: "benchmark", trust: .curator, seenAt: installation.clock.now)
        let places = Dictionary(kept.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let index = SearchIndex(installation)
        var (best, newest) = (0.0, 0.0)
        for (keyword, wanted) in questions {
            guard let wording = try? SearchWording(keyword) else { continue }
            for isBest in [true, false] {
                let found = try await index.search(wording, from: isBest ? .best(0) : .newest, size: Self.shown)
                let gain = Self.gain(found.papers.map { places[$0.paper.id] ?? -1 }, wanted)
                if isBest { best += gain } else { newest += gain }
            }
        }
        let count = Double(questions.count)
        return [
            Figure(name: "search.ndcg", values: [best / count], unit: "of 1, by \(questions.count) keywords"),
            Figure(name: "search.ndcg.newest", values: [newest / count], unit: "of 1, the newest first"),
        ] + peer(kept, questions)
    }

    private static func gain(_ found: [Int], _ wanted: Set<Int>) -> Double {
        func discount(_ place: Int) -> Double { 1 / log2(Double(place + 2)) }
        let sum = found.prefix(shown).enumerated().reduce(0.0) {
            wanted.contains($1.element) ? $0 + discount($1.offset) : $0
        }
        return sum / (0..<min(shown, wanted.count)).reduce(0.0) { $0 + discount($1) }
    }

    private func peer(_ kept: [Entry], _ questions: [(key: String, value: Set<Int>)]) -> [Figure] {
        let input: [String: Any] = [
            "texts": kept.map { "\($0.title) \($0.abstract ?? "")" }, "queries": questions.map(\.key),
            "wanted": questions.map { $0.value.sorted() },
        ]
        guard let data = try? JSONSerialization.data(withJSONObject: input) else { return [] }
        let script = """
            import json, math, sys
            import bm25s
            data = json.load(open(sys.argv[1]))
            index = bm25s.BM25()
            index.index(bm25s.tokenize(data["texts"], stopwords="en", show_progress=False), show_progress=False)
            total = 0
            for query, wanted in zip(data["queries"], data["wanted"]):
                wanted = set(wanted)
                words = bm25s.tokenize([query], stopwords="en", show_progress=False)
                try: found, scores = index.retrieve(words, k=10, show_progress=False)
                except Exception: continue
                found = [int(one) for one, score in zip(found[0], scores[0]) if score > 0]
                gain = sum(1 / math.log2(place + 2) for place, one in enumerate(found) if one in wanted)
                total += gain / sum(1 / math.log2(place + 2) for place in range(min(10, len(wanted))))
            print("search.ndcg.bm25s", total / len(data["queries"]))
            """
        return Peer.python(script, input: Array(data)).map {
            Figure(name: $0.name, values: $0.values, unit: "of 1")
        }
    }
}
