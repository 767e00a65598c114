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
        notePhrases()
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
            for met in index.met[word] { note(tests.wordTests[Int(met)], word) }
            for fusion in index.fusions[word] where !fusion.isExact { note(fusion, word) }
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
        for (number, word) in batch.vocabulary.enumerated() {
            for end in word.spelling.unicodeScalars.indices.dropFirst() + [word.spelling.endIndex] {
                let prefix = word.spelling[..<end]
                guard tests.prefixLengths[prefix.utf8.count], let found = tests.prefixTests[String(prefix)] else {
                    continue
                }
                note(found, number)
            }
        }
    }

    // MARK: - Phrases

    private mutating func notePhrases() {
        guard !tests.trie.isEmpty else { return }
        for run in batch.runs where range.contains(run.paper) {
            for start in run.words.indices { walk(run, from: start, PhraseTrie.root) }
        }
    }

    /// Follows every phrase that goes on from here, in the ways that `Phrase` allows.
    private mutating func walk(_ run: TextRun, from at: Int, _ node: PhraseTrie.Node) {
        guard at < run.words.count else { return }
        let word = Int(run.words[at])
        for met in index.met[word] {
            if let next = tests.trie.child(met, of: node) { arrive(run, at + 1, next) }
        }
        for fusion in index.fusions[word] {
            guard let middle = tests.trie.child(fusion.first, of: node),
                let next = tests.trie.child(fusion.second, of: middle)
            else { continue }
            arrive(run, at + 1, next)
        }
        guard run.fused[at] >= 0 else { return }
        for met in index.met[Int(run.fused[at])] {
            if let next = tests.trie.child(met, of: node) { arrive(run, at + 2, next) }
        }
    }

    private mutating func arrive(_ run: TextRun, _ at: Int, _ node: PhraseTrie.Node) {
        for scope in TextScope.allCases where scope.parts.contains(run.scope) {
            guard let test = tests.phraseTest(at: node, scope) else { continue }
            bits[Int(test)].insert(run.paper - range.lowerBound)
        }
        walk(run, from: at, node)
    }

    // MARK: - The rest

    private mutating func noteAuthors() {
        for author in batch.authors {
            var candidates = tests.authorPrefixes
            for key in Set(NamePattern.wordsAndPairs(of: author.name.words)) { candidates += tests.authors[key] ?? [] }
            for (pattern, test) in candidates where pattern.matches(author.name) { insert(author.papers, test) }
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
    private(set) var sieve: [UInt64] = Array(repeating: 0, count: 1_024)

    mutating func insert(_ first: TestID, _ second: TestID, _ papers: PaperBits) {
        guard papers != .zero else { return }
        pairs[Self.key(first, second), default: .zero] |= papers
        let hash = Self.hash(first, second)
        sieve[hash >> 6] |= 1 << UInt64(hash & 63)
    }

    func papers(_ first: TestID, _ second: TestID) -> PaperBits { pairs[Self.key(first, second)] ?? .zero }

    private static func key(_ first: TestID, _ second: TestID) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

    static func hash(_ first: TestID, _ second: TestID) -> Int {
        Int(((first &* 0x9E37_79B1) ^ (second &* 0x85EB_CA77)) >> 16)
    }
}
