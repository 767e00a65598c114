import Foundation
import Papers
import Store
import Workers

/// How good related papers are: those with which a paper shares keywords that a curator gave, and that were taken from all
/// before they were stored (nDCG of the first eight, a shared keyword counting by how rare it is); scikit-learn's TF-IDF as
/// arxiv-sanity has it beside it, by cosine and by a SVM of the one paper.
struct RelatedQuality {
    let entries: [Entry]
    private static let shown = 8
    /// Of so many papers that share a keyword a paper is asked about.
    private static let fewest = 3

    func run(in folder: URL) async throws -> [Figure] {
        let kept = entries.filter { !$0.keywords.isEmpty }
        let gains = Self.gains(kept)
        let asked = kept.indices.filter { gains[$0].count >= Self.fewest }
        guard !asked.isEmpty else { return [] }
        let installation = try await SearchAsker.installation(folder.appendingPathComponent("related.sqlite").path)
        let bare = kept.map { entry in
            var entry = entry
            (entry.keywords, entry.synopsis) = ([], nil)
            return entry
        }
        let store = installation.database.papers
        _ = try await store.record(bare, feed: "benchmark", trust: .curator, seenAt: installation.clock.now)
        let places = Dictionary(kept.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let related = RelatedPapers(installation)
        var (sum, empty) = (0.0, 0.0)
        for index in asked {
            guard let stored = try await store.paper(id: kept[index].id) else { continue }
            let found = try await related.papers(like: stored, limit: Self.shown)
            if found.isEmpty { empty += 1 }
            sum += Self.gain(found.map { places[$0.paper.id] ?? -1 }, gains[index])
        }
        let ours = sum / Double(asked.count)
        return [
            Figure(name: "ranking.related", values: [ours], unit: "nDCG@\(Self.shown) of \(asked.count) papers"),
            Figure(name: "ranking.related.empty", values: [empty], unit: "papers without any"),
        ]
            + Peer.python(Self.peer, input: try input(kept, asked, gains), packages: "scikit-learn").flatMap { theirs in
                [
                    Figure(name: "ranking.related.\(theirs.name)", values: theirs.values, unit: "nDCG@\(Self.shown)"),
                    Figure(
                        name: "ranking.related.vs_\(theirs.name)", values: [ours / theirs.median],
                        unit: "times scikit-learn's"),
                ]
            }
    }

    /// What each other paper is worth as one related to a paper.
    private static func gains(_ entries: [Entry]) -> [[Int: Double]] {
        var holders: [String: Set<Int>] = [:]
        for (index, entry) in entries.enumerated() {
            for keyword in entry.keywords {
                holders[RankingGround.words(keyword).joined(separator: " "), default: []].insert(index)
            }
        }
        var gains = Array(repeating: [Int: Double](), count: entries.count)
        // In a fixed order, so that sums are the same in every run.
        for (_, papers) in holders.sorted(by: { $0.key < $1.key }) where 2...entries.count / 14 ~= papers.count {
            let worth = log(Double(entries.count) / Double(papers.count))
            for paper in papers {
                for other in papers where other != paper { gains[paper][other, default: 0] += worth }
            }
        }
        return gains
    }

    private static func gain(_ found: [Int], _ gains: [Int: Double]) -> Double {
        func discounted(_ values: some Sequence<Double>) -> Double {
            values.prefix(shown).enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset + 2)) }
        }
        return discounted(found.map { gains[$0] ?? 0 }) / discounted(gains.values.sorted(by: >))
    }

    private func input(_ kept: [Entry], _ asked: [Int], _ gains: [[Int: Double]]) throws -> [UInt8] {
        let input: [String: Any] = [
            "papers": kept.map { entry in
                ([entry.title] + entry.authors.map(\.name) + [entry.abstract ?? ""]).joined(separator: " ")
            },
            "asked": asked,
            "gains": asked.map { gains[$0].map { [Double($0.key), $0.value] } },
        ]
        return Array(try JSONSerialization.data(withJSONObject: input))
    }

    /// With arxiv-sanity-lite's own parameters.
    private static let peer = """
        import sys, json, math
        try:
            import numpy as np
            from sklearn.feature_extraction.text import TfidfVectorizer
            from sklearn.svm import LinearSVC
        except ImportError: sys.exit()
        data = json.load(open(sys.argv[1]))
        vectors = TfidfVectorizer(
            strip_accents='unicode', stop_words='english', token_pattern=r'(?u)\\b[a-zA-Z_][a-zA-Z0-9_]+\\b',
            ngram_range=(1, 2), max_features=20000, sublinear_tf=True, max_df=0.1, min_df=5
        ).fit_transform(data['papers'])
        cosines = (vectors @ vectors.T).toarray()
        sums = {'cosine': 0, 'svm': 0}
        for paper, gains in zip(data['asked'], data['gains']):
            gains = {int(other): gain for other, gain in gains}
            wanted = np.zeros(vectors.shape[0]); wanted[paper] = 1
            model = LinearSVC(class_weight='balanced', max_iter=10000, tol=1e-6, C=0.01).fit(vectors, wanted)
            best = sorted(gains.values(), reverse=True)[:8]
            for name, scores in (('cosine', cosines[paper]), ('svm', model.decision_function(vectors))):
                order = [other for other in np.argsort(-scores, kind='stable') if other != paper][:8]
                sums[name] += sum(gains.get(int(other), 0) / math.log2(place + 2) for place, other in enumerate(order)) \
                    / sum(gain / math.log2(place + 2) for place, gain in enumerate(best))
        for name, value in sums.items(): print(name, value / len(data['asked']))
        """
}
