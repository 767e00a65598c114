import Foundation

/// How well papers answer some words: Okapi's BM25 over words as they are spelt, with a share for their other forms, for words
/// of the title more, and as much again for words that stand side by side as they were typed.
public struct SearchScore {
    private struct Term {
        let exact: [UInt8]
        let stem: String
        /// Up to three bytes with which other forms of the word begin, too.
        let beginning: [UInt8]
        let weight: Double
    }

    private let terms: [Term]
    /// The terms that begin with a byte.
    private var termsByByte: [[Int]]
    /// Neighbours among the words, and the two as one word.
    private let pairs: [(first: Int, second: Int, joined: [UInt8], weight: Double)]
    /// All words as they were typed, with blanks between: a title of nothing else is what was looked for.
    private let whole: [UInt8]
    /// Whether another form of a term was met, for each spelling that was looked at.
    private var forms: [[String: Bool]]

    private static let saturation = 1.2
    private static let lengthShare = 0.75
    private static let titleWeight = 1.5
    private static let formWeight = 0.2
    private static let pairFormWeight = 0.3
    private static let pairWeight = 2.0
    /// Of a word that stands among what a paper has beside its texts only.
    private static let extraCount = 0.3
    private static let wholeTitle = 1000.0

    /// - Parameters:
    ///   - papers: how many papers have each of the telling words.
    ///   - all: how many papers there are.
    public init(_ words: SearchWords, papers: [Int], of all: Int) {
        func rarity(_ papers: Double) -> Double {
            let others = max(0, Double(all) - papers)
            return log(1 + (others + 0.5) / (papers + 0.5))
        }
        let terms = zip(words.telling, papers).map { word, papers in
            Term(
                exact: Array(word.written.utf8), stem: word.stem, beginning: Array(word.stem.utf8.prefix(3)),
                weight: rarity(Double(papers)))
        }
        self.terms = terms
        forms = Array(repeating: [:], count: terms.count)
        termsByByte = Array(repeating: [], count: 256)
        for (index, term) in terms.enumerated() {
            guard let first = term.exact.first else { continue }
            termsByByte[Int(first)].append(index)
        }
        let places = Dictionary(
            words.telling.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        pairs = zip(words.all, words.all.dropFirst()).compactMap { first, second in
            guard let left = places[first], let right = places[second], left != right else { return nil }
            // Two words side by side are rarer than either.
            let together = Double(min(papers[left], papers[right])) / 4
            return (left, right, terms[left].exact + terms[right].exact, rarity(together))
        }
        whole = Array(words.all.map(\.written).joined(separator: " ").utf8)
    }

    /// What was met of one paper.
    private struct Counts {
        var exact: [Double]
        var forms: [Double]
        var pairs: [Double]
        var pairForms: [Double]
        var length = 0.0
    }

    /// The papers' scores, in their order.
    public mutating func scores(of texts: [SearchText]) -> [Double] {
        var counts: [Counts] = []
        counts.reserveCapacity(texts.count)
        for text in texts { counts.append(count(text)) }
        let mean = max(1, counts.reduce(0) { $0 + $1.length } / Double(max(1, counts.count)))
        return zip(texts, counts).map { text, counts in
            score(counts, mean) + (text.title.utf8.elementsEqual(whole) ? Self.wholeTitle : 0)
        }
    }

    private func score(_ counts: Counts, _ mean: Double) -> Double {
        let norm = Self.saturation * (1 - Self.lengthShare + Self.lengthShare * counts.length / mean)
        func saturated(_ count: Double) -> Double { count * (Self.saturation + 1) / (count + norm) }
        var sum = 0.0
        for (index, term) in terms.enumerated() {
            let count = counts.exact[index] + Self.formWeight * counts.forms[index]
            if count > 0 { sum += term.weight * saturated(count) }
        }
        for (index, pair) in pairs.enumerated() {
            let count = counts.pairs[index] + Self.pairFormWeight * counts.pairForms[index]
            if count > 0 { sum += Self.pairWeight * pair.weight * saturated(count) }
        }
        return sum
    }

    private mutating func count(_ text: SearchText) -> Counts {
        let none = Array(repeating: 0.0, count: terms.count)
        let noPairs = Array(repeating: 0.0, count: pairs.count)
        var counts = Counts(exact: none, forms: none, pairs: noPairs, pairForms: noPairs)
        walk(text.title, Self.titleWeight, &counts)
        walk(text.body, 1, &counts)
        let length = counts.length
        walk(text.names, 1, &counts)
        counts.length = length
        var beside = Counts(exact: none, forms: none, pairs: noPairs, pairForms: noPairs)
        walk(text.extra, 1, &beside)
        for index in terms.indices where counts.exact[index] + counts.forms[index] == 0 {
            if beside.exact[index] + beside.forms[index] > 0 { counts.exact[index] = Self.extraCount }
        }
        for index in pairs.indices where beside.pairs[index] > 0 && counts.pairs[index] == 0 {
            counts.pairs[index] = Self.extraCount
        }
        return counts
    }

    /// Goes over a text's words, which have one blank between two.
    private mutating func walk(_ text: String, _ weight: Double, _ counts: inout Counts) {
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            var (exactBefore, formsBefore): (UInt32, UInt32) = (0, 0)
            while start < bytes.count {
                var end = start
                while end < bytes.count, bytes[end] != 0x20 { end += 1 }
                defer { start = end + 1 }
                guard end > start else { continue }
                counts.length += weight
                let word = UnsafeBufferPointer(rebasing: bytes[start..<end])
                let (exact, forms) = terms(in: word)
                if exact | forms != 0 || !pairs.isEmpty {
                    add(exact, forms, exactBefore, formsBefore, word, weight, &counts)
                }
                (exactBefore, formsBefore) = (exact, forms)
            }
        }
    }

    private func add(
        _ exact: UInt32, _ forms: UInt32, _ exactBefore: UInt32, _ formsBefore: UInt32,
        _ word: UnsafeBufferPointer<UInt8>, _ weight: Double, _ counts: inout Counts
    ) {
        func holds(_ set: UInt32, _ index: Int) -> Bool { set >> UInt32(index) & 1 == 1 }
        if exact | forms != 0 {
            for index in terms.indices {
                if holds(exact, index) { counts.exact[index] += weight }
                if holds(forms, index) { counts.forms[index] += weight }
            }
        }
        for (index, pair) in pairs.enumerated() {
            if word.count == pair.joined.count, word.elementsEqual(pair.joined) {
                counts.pairs[index] += weight
                counts.exact[pair.first] += weight
                counts.exact[pair.second] += weight
            } else if holds(exact | forms, pair.second), holds(exactBefore | formsBefore, pair.first) {
                if holds(exact, pair.second), holds(exactBefore, pair.first) {
                    counts.pairs[index] += weight
                } else {
                    counts.pairForms[index] += weight
                }
            }
        }
    }

    /// The terms that a word is, and those of which it is another form: a bit for each.
    private mutating func terms(in word: UnsafeBufferPointer<UInt8>) -> (exact: UInt32, forms: UInt32) {
        var (exact, forms): (UInt32, UInt32) = (0, 0)
        for index in termsByByte[Int(word[0])] {
            let term = terms[index]
            if word.count == term.exact.count, word.elementsEqual(term.exact) {
                exact |= 1 << UInt32(index)
            } else if word.count >= term.beginning.count, word.starts(with: term.beginning), isForm(word, index) {
                forms |= 1 << UInt32(index)
            }
        }
        return (exact, forms)
    }

    private mutating func isForm(_ word: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        let spelling = String(decoding: word, as: UTF8.self)
        if let known = forms[index][spelling] { return known }
        let isForm = WordStem.of(spelling) == terms[index].stem
        forms[index][spelling] = isForm
        return isForm
    }
}
