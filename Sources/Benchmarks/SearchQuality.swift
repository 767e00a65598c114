import Filters
import Foundation
import Papers
import Workers

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
        let installation = try await SearchAsker.installation(folder.appendingPathComponent("quality.sqlite").path)
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
            Figure(name: "ranking.query", values: [best / count], unit: "of 1, by \(questions.count) keywords"),
            Figure(name: "ranking.query.newest", values: [newest / count], unit: "of 1, the newest first"),
        ]
            + peer(kept, questions).flatMap { theirs in
                [
                    theirs,
                    Figure(name: "ranking.query.vs_bm25s", values: [best / count / theirs.median], unit: "times bm25s"),
                ]
            }
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
            print("ranking.query.bm25s", total / len(data["queries"]))
            """
        return Peer.python(script, input: Array(data), packages: "bm25s").map {
            Figure(name: $0.name, values: $0.values, unit: "of 1")
        }
    }
}
