import Feeds
import Foundation
import Papers
import TestTools

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
