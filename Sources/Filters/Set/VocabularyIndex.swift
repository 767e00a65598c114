/// Which words of the filters each word of a batch meets.
struct VocabularyIndex {
    /// Filter words met by a word of the batch.
    let met: [[UInt32]]
    /// Pairs of filter words that this word of the batch is the fusion of: `self` and `supervised`.
    let fusions: [[Fusion]]

    struct Fusion: Hashable {
        let first: UInt32
        let second: UInt32
        /// Of words that are looked for as spelt.
        let isExact: Bool
    }

    init(_ batch: PaperBatch, _ tests: TestTable) {
        met = batch.vocabulary.map { word in
            word.keys.compactMap { tests.word(inflected: $0) } + [tests.word(exact: word.spelling)].compactMap(\.self)
        }
        fusions = batch.vocabulary.map { word in
            var fusions: Set<Fusion> = []
            for key in word.keys {
                Self.split(key) { tests.word(inflected: $0) }.forEach { fusions.insert(.init($0, false)) }
            }
            Self.split(word.spelling) { tests.word(exact: $0) }.forEach { fusions.insert(.init($0, true)) }
            return Array(fusions)
        }
    }

    private static func split(_ form: String, _ lookUp: (Substring) -> UInt32?) -> [(UInt32, UInt32)] {
        guard form.unicodeScalars.count <= 2 * Words.longest else { return [] }
        return form.unicodeScalars.indices.dropFirst().compactMap { index in
            guard let first = lookUp(form[..<index]), let second = lookUp(form[index...]) else { return nil }
            return (first, second)
        }
    }
}

extension VocabularyIndex.Fusion {
    fileprivate init(_ pair: (UInt32, UInt32), _ isExact: Bool) {
        self.init(first: pair.0, second: pair.1, isExact: isExact)
    }
}
