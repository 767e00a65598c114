import Core

/// Which words of the filters each word of a batch meets.
struct VocabularyIndex {
    /// Filter words met by each word of the batch.
    private(set) var met = Lists<UInt32>()
    /// Pairs of filter words that each word of the batch is the fusion of: `self` and `supervised`.
    private(set) var fusions = Lists<Fusion>()

    struct Fusion: Hashable {
        let first: UInt32
        let second: UInt32
        /// Of words that are looked for as spelt.
        let isExact: Bool
    }

    init(_ batch: PaperBatch, _ words: FilterWords) {
        var pairs: Set<Fusion> = []
        for word in batch.vocabulary {
            for key in word.keys {
                if let number = words.number(inflected: key) { met.append(number) }
                Self.split(key, words.bloomFilter) { words.number(inflected: $0) }.forEach {
                    pairs.insert(.init($0, false))
                }
            }
            if words.hasExact {
                if let number = words.number(exact: word.spelling) { met.append(number) }
                Self.split(word.spelling, words.bloomFilter) { words.number(exact: $0) }.forEach {
                    pairs.insert(.init($0, true))
                }
            }
            pairs.forEach { fusions.append($0) }
            pairs.removeAll(keepingCapacity: true)
            met.endList()
            fusions.endList()
        }
    }

    /// The pairs of words, put together by `number`, that make up a form.
    private static func split(
        _ form: String, _ bloomFilter: WordBloomFilter, _ number: (String) -> UInt32?
    ) -> [(UInt32, UInt32)] {
        var pairs: [(UInt32, UInt32)] = []
        var hash = FNV1a.start
        let bytes = form.utf8
        for place in bytes.indices.dropLast() {
            hash = FNV1a.step(hash, bytes[place])
            guard bloomFilter.mayHold(hash) else { continue }
            let next = bytes.index(after: place)
            // Inside a letter of several bytes neither half is a text.
            guard let head = String(bytes[..<next]), let tail = String(bytes[next...]),
                let first = number(head), let second = number(tail)
            else { continue }
            pairs.append((first, second))
        }
        return pairs
    }

    /// Many short lists in one array.
    struct Lists<Element> {
        private(set) var elements: [Element] = []
        private var bounds: [Int] = [0]

        /// Where in ``elements`` a list stands.
        @inline(__always)
        func places(_ list: Int) -> Range<Int> { bounds[list]..<bounds[list + 1] }

        /// Adds to the list that the next ``endList()`` closes.
        mutating func append(_ element: Element) { elements.append(element) }
        mutating func endList() { bounds.append(elements.count) }
    }
}

extension VocabularyIndex.Fusion {
    fileprivate init(_ pair: (UInt32, UInt32), _ isExact: Bool) {
        self.init(first: pair.0, second: pair.1, isExact: isExact)
    }
}
