import Feeds
import Foundation
import Papers
import TestTools

/// Real papers with made-up readers, to tell whether a reader's likes bring the papers they are interested in.
///
/// A reader's interest is a keyword that Hugging Face gives; keywords are taken out of what is ingested. Days follow each
/// other five to a week; likes are drawn from the first half of the weeks, and each week of the second half is judged.
struct RankingGround: Sendable {
    /// A reader: the numbers of the papers they marked, and of all that they would like.
    struct Reader: Sendable {
        let interests: [String]
        let likes: [Int]
        let relevant: Set<Int>
    }

    /// In the order of their days.
    let entries: [Entry]
    /// The numbers of the papers of each week, by day.
    let weeks: [[[Int]]]
    /// The weeks from this one on are judged.
    let firstJudged: Int
    let interests: [String]
    private let papersOfInterest: [String: Set<Int>]

    private static let daysOfWeek = 5
    /// A keyword has to be given as often before it is an interest, among what is liked and among what is judged.
    private static let (fewestGiven, fewestLikeable, fewestJudged) = (3, 7, 4)

    /// - Throws: ``BenchmarkFailure`` where `BROADSHEET_TEST_FEEDS` names too few days.
    init() throws {
        var entries: [Entry] = []
        var days: [[Int]] = []
        var known: Set<PaperID> = []
        for day in Self.days() {
            // Whether somebody would like a paper without keywords, nobody can tell; whole days have none.
            let new = day.filter { !$0.keywords.isEmpty && known.insert($0.id).inserted }
            guard !new.isEmpty else { continue }
            days.append(Array(entries.count..<(entries.count + new.count)))
            entries += new
        }
        guard entries.count >= 300 else {
            throw BenchmarkFailure("BROADSHEET_TEST_FEEDS names no folder with 300 papers of Hugging Face's days")
        }
        let weeks = stride(from: 0, to: days.count, by: Self.daysOfWeek).map {
            Array(days[$0..<min($0 + Self.daysOfWeek, days.count)])
        }
        let half = weeks.firstIndex { ($0.joined().first ?? 0) >= entries.count / 2 } ?? 1
        let judgedFrom = weeks[half].joined().first ?? 0
        let found = Self.interests(entries, judgedFrom: judgedFrom)
        papersOfInterest = found
        interests = Self.distinct(found)
        firstJudged = half
        self.weeks = weeks
        self.entries = entries.map { entry in
            var entry = entry
            entry.keywords = []
            entry.synopsis = nil
            return entry
        }
    }

    /// - Parameters:
    ///   - together: how many interests each has.
    ///   - likes: papers of each interest that they liked; interests with fewer are left out.
    func readers(_ count: Int, together: Int = 1, likes: Int) -> [Reader] {
        var random = SplitMix64(seed: 5)
        let judgedFrom = weeks[firstJudged].joined().first ?? 0
        let likeable = interests.map { name in
            (name: name, papers: (papersOfInterest[name] ?? []).filter { $0 < judgedFrom }.sorted())
        }.filter { $0.papers.count >= likes }
        guard likeable.count >= together else { return [] }
        return (0..<count).map { number in
            let chosen =
                together == 1
                ? [likeable[number % likeable.count]]
                : Array(likeable.shuffled(using: &random).prefix(together))
            return Reader(
                interests: chosen.map(\.name),
                likes: chosen.flatMap { $0.papers.shuffled(using: &random).prefix(likes) },
                relevant: chosen.reduce(into: []) { $0.formUnion(papersOfInterest[$1.name] ?? []) })
        }
    }

    /// nDCG@10 of an order of papers; nil where nothing in the week is relevant.
    func gain(_ order: [Int], of reader: Reader, week: Int) -> Double? {
        let relevant = weeks[week].joined().count { reader.relevant.contains($0) }
        guard relevant > 0 else { return nil }
        func weight(_ place: Int) -> Double { 1 / log2(Double(place) + 2) }
        let reached = order.prefix(10).enumerated().filter { reader.relevant.contains($1) }.map { weight($0.offset) }
        return reached.reduce(0, +) / (0..<min(10, relevant)).map(weight).reduce(0, +)
    }

    /// What scikit-learn is given to rank the same.
    func peerInput(_ tasks: [(name: String, readers: [Reader])]) throws -> [UInt8] {
        let input: [String: Any] = [
            "papers": entries.map { entry in
                ([entry.title] + entry.authors.map(\.name) + [entry.abstract ?? ""]).joined(separator: " ")
            },
            "weeks": weeks[firstJudged...].map { Array($0.joined()) },
            "tasks": tasks.map { task in
                [
                    "name": task.name,
                    "readers": task.readers.map { ["likes": $0.likes, "relevant": $0.relevant.sorted()] },
                ] as [String: Any]
            },
        ]
        return Array(try JSONSerialization.data(withJSONObject: input))
    }

    // MARK: - Interests

    private static func days() -> [[Entry]] {
        guard let root = ProcessInfo.processInfo.environment["BROADSHEET_TEST_FEEDS"] else { return [] }
        let start = URL(fileURLWithPath: root).appendingPathComponent("huggingface")
        let files = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil)?.compactMap {
            $0 as? URL
        }
        let days = (files ?? []).filter {
            $0.lastPathComponent.wholeMatch(of: /daily_papers_\d{4}-\d\d-\d\d\.json/) != nil
        }
        return days.sorted { $0.lastPathComponent < $1.lastPathComponent }.compactMap { file in
            guard let bytes = try? Array(Data(contentsOf: file)),
                let feed = try? ParsedFeed(parsing: FeedDocument(bytes: bytes))
            else { return nil }
            return feed.entries
        }
    }

    /// Keywords with the papers that have them, alone or in a longer one.
    private static func interests(_ entries: [Entry], judgedFrom: Int) -> [String: Set<Int>] {
        var given: [String: Int] = [:]
        var papers: [String: Set<Int>] = [:]
        for (number, entry) in entries.enumerated() {
            let keywords = Set(entry.keywords.map(words))
            for keyword in keywords {
                given[keyword.joined(separator: " "), default: 0] += 1
                for start in keyword.indices {
                    for end in start..<min(start + 3, keyword.count) {
                        papers[keyword[start...end].joined(separator: " "), default: []].insert(number)
                    }
                }
            }
        }
        return papers.filter { name, found in
            let likeable = found.count { $0 < judgedFrom }
            return (given[name] ?? 0) >= fewestGiven && likeable >= fewestLikeable
                && found.count - likeable >= fewestJudged && found.count * 7 <= entries.count && !vague.contains(name)
        }
    }

    /// Words that say how a paper is written and not what it is about.
    private static let vague: Set<String> = ["benchmark", "generalization", "fine tuning", "training", "data"]

    /// Lower case, without what stands in brackets and without plurals.
    static func words(_ keyword: String) -> [String] {
        keyword.lowercased().replacing(/\(.*?\)/, with: "").split { !$0.isLetter && !$0.isNumber }.map { word in
            word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : String(word)
        }
    }

    /// The largest first; one that shares half its papers with a larger one is left out.
    private static func distinct(_ papers: [String: Set<Int>]) -> [String] {
        var kept: [(name: String, papers: Set<Int>)] = []
        for (name, found) in papers.sorted(by: { ($0.value.count, $0.key) > ($1.value.count, $1.key) })
        where kept.allSatisfy({ $0.papers.intersection(found).count * 2 < $0.papers.union(found).count }) {
            kept.append((name, found))
        }
        return kept.map(\.name)
    }
}
