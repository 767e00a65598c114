/// Follows all phrases of a filter set through the texts of one block of papers, in the ways that `Phrase` allows.
struct PhraseWalk {
    private let trie: PhraseTrie
    private let met: VocabularyIndex.Lists<UInt32>
    private let fusions: VocabularyIndex.Lists<VocabularyIndex.Fusion>
    private var bits: [PaperBits]

    private init(_ trie: PhraseTrie, _ index: VocabularyIndex, _ bits: [PaperBits]) {
        self.trie = trie
        self.met = index.met
        self.fusions = index.fusions
        self.bits = bits
    }

    /// Notes in `bits`, by test, the papers in which each phrase is found.
    static func note(
        _ batch: PaperBatch, _ papers: Range<Int>, _ trie: PhraseTrie, _ index: VocabularyIndex,
        in bits: inout [PaperBits]
    ) {
        guard !trie.isEmpty else { return }
        var walk = PhraseWalk(trie, index, bits)
        bits = []  // so that the walk changes its array in place
        for run in batch.runs where papers.contains(run.paper) {
            for at in run.words.indices { walk.begin(run, at, run.paper - papers.lowerBound) }
        }
        bits = walk.bits
    }

    private mutating func begin(_ run: TextRun, _ at: Int, _ paper: Int) {
        for place in met.places(Int(run.words[at])) {
            if let node = trie.start(met.elements[place]) { arrive(run, at + 1, node, paper) }
        }
        for place in fusions.places(Int(run.words[at])) {
            guard let middle = trie.start(fusions.elements[place].first),
                let node = trie.child(fusions.elements[place].second, of: middle)
            else { continue }
            arrive(run, at + 1, node, paper)
        }
        guard run.fused[at] >= 0 else { return }
        for place in met.places(Int(run.fused[at])) {
            if let node = trie.start(met.elements[place]) { arrive(run, at + 2, node, paper) }
        }
    }

    private mutating func goOn(_ run: TextRun, _ at: Int, _ node: PhraseTrie.Node, _ paper: Int) {
        guard at < run.words.count else { return }
        for place in met.places(Int(run.words[at])) {
            if let next = trie.child(met.elements[place], of: node) { arrive(run, at + 1, next, paper) }
        }
        for place in fusions.places(Int(run.words[at])) {
            guard let middle = trie.child(fusions.elements[place].first, of: node),
                let next = trie.child(fusions.elements[place].second, of: middle)
            else { continue }
            arrive(run, at + 1, next, paper)
        }
        guard run.fused[at] >= 0 else { return }
        for place in met.places(Int(run.fused[at])) {
            if let next = trie.child(met.elements[place], of: node) { arrive(run, at + 2, next, paper) }
        }
    }

    private mutating func arrive(_ run: TextRun, _ at: Int, _ node: PhraseTrie.Node, _ paper: Int) {
        if run.scope != .organization, let test = trie.test(.anywhere, at: node) { bits[Int(test)].insert(paper) }
        if let test = trie.test(run.scope, at: node) { bits[Int(test)].insert(paper) }
        goOn(run, at, node, paper)
    }
}
