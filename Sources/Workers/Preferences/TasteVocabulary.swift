import Core
import Filters
import Foundation
import Papers

/// The terms by which papers are compared with what a reader likes: words and pairs of neighbouring words that are neither rare
/// nor common among some papers, and authors.
///
/// A term has a number: from 0 on for words and pairs, below 0 for authors, who are not counted up but hashed, since an author
/// of a paper that was liked long ago may be none of these papers'.
struct TasteVocabulary: Sendable {
    /// Words, also those that are terms only in pairs.
    private var words: [String: Int32] = [:]
    private var terms: [UInt64: Int32] = [:]
    private var names: [String] = []
    private var rarity: [Float] = []
    /// Authors of more than one of the papers.
    private var papersOfAuthor: [Int32: Int] = [:]
    private let papers: Int

    /// A term is in at least so many papers, and in under a fifth of them; of few papers, in fewer and in up to half.
    private static let fewest = 5
    private static let weightOfAuthors: Float = 0.6
    /// A paper with more authors says nothing about any of them.
    private static let mostAuthors = 50

    init(_ papers: some Collection<Paper>) {
        self.papers = papers.count
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
        let bounds = Self.bounds(papers.count)
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
    /// `1 + ln((1 + papers) / (1 + papers with the term))`. All authors together weigh 0.6 of all words.
    func vector(of paper: Paper) -> PaperVector {
        var counts: [Int32: Int] = [:]
        for run in PaperTerms.runs(of: paper) {
            // A word that is in no term parts its neighbours as a stop word does.
            for known in run.words.map({ words[$0] }).split(separator: nil) {
                Self.forEachTerm(of: known.compactMap { $0.map(UInt32.init) }) { term in
                    if let number = terms[term] { counts[number, default: 0] += run.weight }
                }
            }
        }
        let text = counts.map { (term: $0.key, weight: (1 + log(Float($0.value))) * rarity[Int($0.key)]) }
        let authors = Set(Self.authors(of: paper)).map { author in
            (term: author, weight: rarity(ofFound: papersOfAuthor[author] ?? 1))
        }
        // Sums are the same in every run only in a fixed order.
        let ofAuthors = PaperVector(authors.sorted { $0.term < $1.term }).weights
        let ofText = PaperVector(text.sorted { $0.term < $1.term }).weights
        return PaperVector(ofAuthors.map { ($0.term, Self.weightOfAuthors * $0.weight) } + ofText)
    }

    /// The name of an author of a paper, by the number that stands in its vector.
    static func author(_ term: Int32, of paper: Paper) -> String? {
        paper.authors.first { PaperTerms.authorKey($0.name).map(number(ofAuthor:)) == term }?.name
    }

    private func rarity(ofFound count: Int) -> Float { 1 + log(Float(1 + papers) / Float(1 + count)) }

    private static func authors(of paper: Paper) -> [Int32] {
        guard paper.authors.count <= mostAuthors else { return [] }
        return paper.authors.compactMap { PaperTerms.authorKey($0.name).map(number(ofAuthor:)) }
    }

    private static func number(ofAuthor key: String) -> Int32 {
        -1 - Int32(truncatingIfNeeded: FNV1a.hash(key.utf8) >> 33)
    }

    private static func bounds(_ papers: Int) -> ClosedRange<Int> {
        let least = min(fewest, 1 + papers / 50)
        // Under a fifth, but of some twenty papers up to ten, and never all.
        let most = max((papers - 1) / 5, min(papers / 2, 10))
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
