import Core
import Papers

/// What every test of a table says about one block of a batch.
struct TestBits {
    private(set) var bits: [PaperBits]
    private(set) var fused = FusedPairs()

    private let batch: PaperBatch
    private let tests: TestTable
    private let index: VocabularyIndex
    private let block: Int

    init(_ batch: PaperBatch, block: Int, _ tests: TestTable, _ index: VocabularyIndex) {
        bits = Array(repeating: .zero, count: tests.count)
        self.batch = batch
        self.tests = tests
        self.index = index
        self.block = block
        noteWords()
        notePrefixes()
        PhraseWalk.note(batch, range, tests.trie, index, in: &bits)
        noteAuthors()
        noteCategories()
        noteFacts()
    }

    /// The papers of this block, as places in the batch.
    private var range: Range<Int> {
        block * PaperBits.papers..<min(batch.count, (block + 1) * PaperBits.papers)
    }

    private mutating func insert(_ papers: [Int], _ test: TestID) {
        for paper in papers where range.contains(paper) { bits[Int(test)].insert(paper - range.lowerBound) }
    }

    // MARK: - Words

    private mutating func noteWords() {
        for word in batch.vocabulary.indices {
            for place in index.met.places(word) { note(tests.wordTests[Int(index.met.elements[place])], word) }
            for place in index.fusions.places(word) where !index.fusions.elements[place].isExact {
                note(index.fusions.elements[place], word)
            }
        }
    }

    private mutating func note(_ found: ScopedTests, _ word: Int) {
        for scope in TextScope.allCases {
            guard let test = found[scope] else { continue }
            bits[Int(test)] |= batch.papers(with: word, in: scope, block: block)
        }
    }

    private mutating func note(_ fusion: VocabularyIndex.Fusion, _ word: Int) {
        let (first, second) = (tests.wordTests[Int(fusion.first)], tests.wordTests[Int(fusion.second)])
        for scope in TextScope.allCases {
            guard let first = first[scope], let second = second[scope] else { continue }
            fused.insert(first, second, batch.papers(with: word, in: scope, block: block))
        }
    }

    private mutating func notePrefixes() {
        guard !tests.prefixTests.isEmpty else { return }
        let (prefixes, bloomFilter) = (tests.prefixTests, tests.prefixFilter)
        for (number, word) in batch.vocabulary.enumerated() {
            let bytes = word.spelling.utf8
            var hash = FNV1a.start
            for place in bytes.indices {
                hash = FNV1a.step(hash, bytes[place])
                guard bloomFilter.mayHold(hash), let prefix = String(bytes[...place]), let found = prefixes[prefix]
                else {
                    continue
                }
                note(found, number)
            }
        }
    }

    // MARK: - The rest

    private mutating func noteAuthors() {
        guard !tests.authors.isEmpty || !tests.authorPrefixes.isEmpty else { return }
        let (patterns, prefixes) = (tests.authors, tests.authorPrefixes)
        for author in batch.authors {
            for key in author.keys {
                for (pattern, test) in patterns[key] ?? [] where pattern.matches(author.name) {
                    insert(author.papers, test)
                }
            }
            for (pattern, test) in prefixes where pattern.matches(author.name) { insert(author.papers, test) }
        }
    }

    private mutating func noteCategories() {
        for category in batch.categories {
            var patterns = [
                CategoryPattern(value: category.key, isArchive: false),
                CategoryPattern(value: category.key, isArchive: true),
            ]
            if let archive = CategoryPattern.archive(of: category.key) {
                patterns.append(CategoryPattern(value: archive, isArchive: true))
            }
            for pattern in patterns {
                if let test = tests.categories[pattern] { insert(category.papers, test) }
            }
        }
    }

    private mutating func noteFacts() {
        for paper in range {
            if let test = tests.ids[batch.papers[paper].id] { insert([paper], test) }
            for (fact, test) in tests.facts where fact.matches(batch.papers[paper], batch.standings[paper]) {
                insert([paper], test)
            }
        }
    }
}

/// Neighbouring words of filters that some paper has as one word, with those papers.
struct FusedPairs {
    private var pairs: [UInt64: PaperBits] = [:]
    /// One bit for the hash of each pair: nearly every question is answered "no" here.
    private var bloomFilter: [UInt64] = Array(repeating: 0, count: 1_024)

    mutating func insert(_ first: TestID, _ second: TestID, _ papers: PaperBits) {
        guard papers != .zero else { return }
        pairs[Self.key(first, second), default: .zero] |= papers
        let hash = Self.hash(first, second)
        bloomFilter[hash >> 6] |= 1 << UInt64(hash & 63)
    }

    func papers(_ first: TestID, _ second: TestID) -> PaperBits { pairs[Self.key(first, second)] ?? .zero }

    /// False if ``papers(_:_:)`` has none for this pair, which it nearly always is.
    @inline(__always)
    func mayHold(_ first: TestID, _ second: TestID) -> Bool {
        let hash = Self.hash(first, second)
        return bloomFilter[hash >> 6] & 1 << UInt64(hash & 63) != 0
    }

    private static func key(_ first: TestID, _ second: TestID) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

    @inline(__always)
    private static func hash(_ first: TestID, _ second: TestID) -> Int {
        Int(((first &* 0x9E37_79B1) ^ (second &* 0x85EB_CA77)) >> 16)
    }
}
