import Foundation
import Papers
import TestTools

/// Filters as readers would write them, over the words of real abstracts as often as they stand there.
struct RandomFilters {
    private var random: SplitMix64
    private let texts: [[String]]
    private let words: [String]
    private let authors: [String]
    private static let categories = ["cs.LG", "cs.CL", "cs.CV", "stat.ML", "cs.*"]

    init(papers: [Paper], seed: UInt64) {
        random = SplitMix64(seed: seed)
        texts = papers.map { paper in
            "\(paper.title) \(paper.abstract)".lowercased().split { !$0.isLetter && !$0.isNumber }.map(
                String.init)
        }
        words = texts.flatMap { $0 }.filter { $0.count > 2 }
        authors = papers.flatMap { $0.authors.map(\.name) }.filter { !$0.contains("\"") }
    }

    /// So many different filters, of one to five terms each.
    mutating func distinct(_ count: Int) -> [String] {
        var seen: Set<String> = []
        var filters: [String] = []
        filters.reserveCapacity(count)
        while filters.count < count {
            let filter = next()
            if seen.insert(filter).inserted { filters.append(filter) }
        }
        return filters
    }

    /// Filters of plain words that must all be there: what other engines understand too.
    mutating func plain(_ count: Int) -> [[String]] {
        (0..<count).map { _ in (0..<Int.random(in: 1...3, using: &random)).map { _ in word() } }
    }

    private mutating func next() -> String {
        var filter = term()
        for _ in 1..<Int.random(in: 1...5, using: &random) {
            let joint = Int.random(in: 0..<10, using: &random)
            filter += (joint < 6 ? " " : joint < 8 ? " OR " : " -") + term()
        }
        return filter
    }

    private mutating func term() -> String {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<62: return word()
        case 62..<80: return phrase()
        case 80..<86: return "title:" + word()
        case 86..<89:
            let word = word()
            return word.prefix(max(3, word.count - 2)) + "*"
        case 89..<92: return "author:\"\(authors.randomElement(using: &random) ?? "Ada Lovelace")\""
        case 92..<94: return "cat:" + (Self.categories.randomElement(using: &random) ?? "cs.LG")
        case 94..<96: return "upvotes>=\(Int.random(in: 0..<50, using: &random))"
        default: return "=" + word()
        }
    }

    private mutating func word() -> String { words.randomElement(using: &random) ?? "model" }

    private mutating func phrase() -> String {
        let text = texts.randomElement(using: &random) ?? []
        let length = Int.random(in: 2...3, using: &random)
        guard text.count > length else { return word() }
        let start = Int.random(in: 0..<(text.count - length), using: &random)
        return "\"" + text[start..<(start + length)].joined(separator: " ") + "\""
    }
}
