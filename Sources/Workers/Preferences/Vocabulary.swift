import Core
import Filters
import Foundation
import Papers

/// The terms by which papers are compared with each other and with what a reader likes: words and pairs of neighbouring words
/// that are neither rare nor common among some papers, and authors.
///
/// A term has a number: from 0 on for words and pairs, below 0 for what is not counted up but hashed: authors, since an author
/// of a paper that was liked long ago may be none of these papers', and where it is asked for, rare words.
struct Vocabulary: Sendable {
    /// What papers are compared for.
    enum Purpose: Sendable {
        /// What one reader wants, who may follow an author, and of whose marks a rare word says nothing yet.
        case taste
        /// What is near one paper. Here authors weigh less, and rare words are terms, too: two papers that share one are of one
        /// kind. On real papers it takes nDCG@8 of papers with common keywords from 0.287 to 0.306.
        case relation
    }

    /// A word or a pair that a paper is found by.
    struct Telling: Sendable {
        let words: [String]
        let weight: Float
        /// In which share of the papers it is, 0 to 1; 0 for a rare one.
        let share: Double
    }

    let purpose: Purpose
    /// Words, also those that are terms only in pairs.
    private var words: [String: Int32] = [:]
    private var terms: [UInt64: Int32] = [:]
    private var names: [String] = []
    private var rarity: [Float] = []
    /// Authors of more than one of the papers.
    private var papersOfAuthor: [Int32: Int] = [:]
    /// Words of too many papers to tell anything.
    private var common: Set<String> = []
    private let papers: Int

    /// A term is in at least so many papers, and in under a fifth of them; of few papers, in fewer and in up to half.
    private static let fewest = 5
    /// A paper with more authors says nothing about any of them.
    private static let mostAuthors = 50
    /// A rare word weighs as much as one that so many papers have: what is rarer yet is often a name or an error.
    private static let rare = 10
    /// Of so few papers, all may be of one kind.
    private static let few = 20

    init(_ papers: some Collection<Paper>, for purpose: Purpose = .taste) {
        self.papers = papers.count
        self.purpose = purpose
        var texts: [String] = []
        var numbers: [String: UInt32] = [:]
        var found: [UInt64: Int] = [:]
        var authors: [Int32: Int] = [:]
        for paper in papers {
            var own: Set<UInt64> = []
            for run in PaperTerms.runs(of: paper) {
                let known = run.words.map { word in
                    if let number = numbers[word] { return number }
                    let number = UInt32(texts.count)
                    numbers[word] = number
                    texts.append(word)
                    return number
                }
                Self.forEachTerm(of: known) { own.insert($0) }
            }
            for term in own { found[term, default: 0] += 1 }
            for author in Self.authors(of: paper) { authors[author, default: 0] += 1 }
        }
        papersOfAuthor = authors.filter { $0.value > 1 }
        let bounds = Self.bounds(papers.count, purpose)
        for (term, count) in found where count > bounds.upperBound && term >> 32 == 0 {
            common.formUnion(Self.words(of: term).map { texts[Int($0)] })
        }
        // In a fixed order, so that sums are the same in every run.
        for (term, count) in found.filter({ bounds.contains($0.value) }).sorted(by: { $0.key < $1.key }) {
            let parts = Self.words(of: term).map { texts[Int($0)] }
            terms[term] = Int32(names.count)
            names.append(parts.joined(separator: " "))
            rarity.append(rarity(ofFound: count))
            for (text, number) in zip(parts, Self.words(of: term)) { words[text] = Int32(number) }
        }
    }

    /// How many words and pairs there are.
    var count: Int { names.count }

    /// The words of a term, joined by a blank; nil for an author.
    func name(of term: Int32) -> String? { names.indices.contains(Int(term)) ? names[Int(term)] : nil }

    /// A paper as weights of its terms, of unit length, in order of their numbers: `(1 + ln count) × rarity`, where rarity is
    /// `1 + ln((1 + papers) / (1 + papers with the term))`. All authors together weigh a share of all words.
    func vector(of paper: Paper) -> PaperVector {
        let counts = counts(of: paper)
        let text =
            counts.known.map { (term: $0.key, weight: weight(of: $0.key, count: $0.value)) }
            + counts.rare.map { (term: Self.number(hashing: $0.key), weight: weightOfRare(count: $0.value)) }
        let authors = Set(Self.authors(of: paper)).map { author in
            (term: author, weight: rarity(ofFound: papersOfAuthor[author] ?? 1))
        }
        // Sums are the same in every run only in a fixed order.
        let ofAuthors = PaperVector(authors.sorted { $0.term < $1.term }).weights
        let ofText = PaperVector(text.sorted { $0.term < $1.term }).weights
        let share: Float = purpose == .taste ? 0.6 : 0.3
        let all = ofAuthors.map { ($0.term, share * $0.weight) } + ofText
        // Where rare words are hashed as authors are, both are below 0.
        return PaperVector(purpose == .taste ? all : all.sorted { $0.0 < $1.0 })
    }

    /// The words and pairs of a paper, the most telling first.
    func telling(of paper: Paper) -> [Telling] {
        let counts = counts(of: paper)
        let known = counts.known.map { term, count in
            Telling(
                words: names[Int(term)].split(separator: " ").map(String.init),
                weight: weight(of: term, count: count),
                share: Double(Float(1 + papers) / exp(rarity[Int(term)] - 1) - 1) / Double(max(1, papers)))
        }
        let rare = counts.rare.map { Telling(words: [$0.key], weight: weightOfRare(count: $0.value), share: 0) }
        return (known + rare).sorted { ($1.weight, $0.words.joined()) < ($0.weight, $1.words.joined()) }
    }

    private func weight(of term: Int32, count: Int) -> Float {
        let rarity = rarity[Int(term)]
        return (1 + log(Float(count))) * (purpose == .taste ? rarity : min(rarity, rarityOfRare))
    }

    private func weightOfRare(count: Int) -> Float { (1 + log(Float(count))) * rarityOfRare }

    private var rarityOfRare: Float { rarity(ofFound: max(1, min(Self.rare, papers / 50))) }

    /// How often a paper has each term, and each rare word.
    private func counts(of paper: Paper) -> (known: [Int32: Int], rare: [String: Int]) {
        var known: [Int32: Int] = [:]
        var rare: [String: Int] = [:]
        for run in PaperTerms.runs(of: paper) {
            // A word that is in no term parts its neighbours as a stop word does.
            let numbers = run.words.map { words[$0] }
            for some in numbers.split(separator: nil) {
                Self.forEachTerm(of: some.compactMap { $0.map(UInt32.init) }) { term in
                    if let number = terms[term] { known[number, default: 0] += run.weight }
                }
            }
            guard purpose == .relation else { continue }
            for (word, number) in zip(run.words, numbers) where number == nil && !common.contains(word) {
                rare[word, default: 0] += run.weight
            }
        }
        return (known, rare)
    }

    /// The name of an author of a paper, by the number that stands in its vector.
    static func author(_ term: Int32, of paper: Paper) -> String? {
        paper.authors.first { PaperTerms.authorKey($0.name).map(number(hashing:)) == term }?.name
    }

    private func rarity(ofFound count: Int) -> Float { 1 + log(Float(1 + papers) / Float(1 + count)) }

    private static func authors(of paper: Paper) -> [Int32] {
        guard paper.authors.count <= mostAuthors else { return [] }
        return paper.authors.compactMap { PaperTerms.authorKey($0.name).map(number(hashing:)) }
    }

    private static func number(hashing key: String) -> Int32 {
        -1 - Int32(truncatingIfNeeded: FNV1a.hash(key.utf8) >> 33)
    }

    private static func bounds(_ papers: Int, _ purpose: Purpose) -> ClosedRange<Int> {
        let least = min(fewest, 1 + papers / 50)
        // Under a fifth, but of some twenty papers up to ten, and never all; of what is near a paper, a few may all have it.
        let most = max((papers - 1) / 5, purpose == .taste ? min(papers / 2, 10) : min(papers, few))
        return least...max(least, most)
    }

    // MARK: - Words and pairs as one number

    /// Words are their own number, counted from 1, and pairs hold two.
    private static func forEachTerm(of words: [UInt32], _ body: (UInt64) -> Void) {
        var last: UInt64 = 0
        for word in words {
            let word = UInt64(word) + 1
            body(word)
            if last > 0 { body(last << 32 | word) }
            last = word
        }
    }

    private static func words(of term: UInt64) -> [UInt32] {
        [UInt32(truncatingIfNeeded: term >> 32), UInt32(truncatingIfNeeded: term)].filter { $0 > 0 }.map { $0 - 1 }
    }
}
