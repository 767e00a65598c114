/// Follows all phrases of a filter set through the texts of one block of papers, in the ways that `Phrase` allows.
struct PhraseWalk {
    private let trie: PhraseTrie
    private let met: VocabularyIndex.Lists<UInt32>
    private let fusions: VocabularyIndex.Lists<VocabularyIndex.Fusion>
    private var bits: [PaperBits]
    /// The nodes that are reached before this word, before the next, and before the one after it.
    private var here: [PhraseTrie.Node] = []
    private var next: [PhraseTrie.Node] = []
    private var later: [PhraseTrie.Node] = []
    /// The last place of a text, numbered through all of them, before which each node was reached: by any number of ways,
    /// it is gone on from once. Places that are pending at one time differ by one, so odd and even ones are apart.
    private var reached: [[UInt32]] = []
    private var place: UInt32 = 1

    private init(_ trie: PhraseTrie, _ index: VocabularyIndex, _ bits: [PaperBits]) {
        self.trie = trie
        self.met = index.met
        self.fusions = index.fusions
        self.bits = bits
        reached = Array(repeating: Array(repeating: 0, count: trie.count), count: 2)
    }

    /// Notes in `bits`, by test, the papers in which each phrase is found.
    static func note(
        _ batch: PaperBatch, _ papers: Range<Int>, _ trie: PhraseTrie, _ index: VocabularyIndex,
        in bits: inout [PaperBits]
    ) {
        guard !trie.isEmpty else { return }
        var walk = PhraseWalk(trie, index, bits)
        bits = []  // so that the walk changes its array in place
        for run in batch.runs where papers.contains(run.paper) { walk.follow(run, run.paper - papers.lowerBound) }
        bits = walk.bits
    }

    private mutating func follow(_ run: TextRun, _ paper: Int) {
        next.removeAll(keepingCapacity: true)
        later.removeAll(keepingCapacity: true)
        for at in run.words.indices {
            swap(&here, &next)
            swap(&next, &later)
            later.removeAll(keepingCapacity: true)
            begin(run, at, paper)
            for node in here { goOn(run, at, node, paper) }
            place += 1
        }
        // Nothing that is pending reaches into the next text.
        place += 2
    }

    private mutating func begin(_ run: TextRun, _ at: Int, _ paper: Int) {
        for place in met.places(Int(run.words[at])) {
            if let node = trie.start(met.elements[place]) { arrive(run, node, paper) }
        }
        for place in fusions.places(Int(run.words[at])) {
            guard let middle = trie.start(fusions.elements[place].first),
                let node = trie.child(fusions.elements[place].second, of: middle)
            else { continue }
            arrive(run, node, paper)
        }
        guard run.fused[at] >= 0 else { return }
        for place in met.places(Int(run.fused[at])) {
            if let node = trie.start(met.elements[place]) { arriveLater(run, node, paper) }
        }
    }

    private mutating func goOn(_ run: TextRun, _ at: Int, _ node: PhraseTrie.Node, _ paper: Int) {
        for place in met.places(Int(run.words[at])) {
            if let next = trie.child(met.elements[place], of: node) { arrive(run, next, paper) }
        }
        for place in fusions.places(Int(run.words[at])) {
            guard let middle = trie.child(fusions.elements[place].first, of: node),
                let next = trie.child(fusions.elements[place].second, of: middle)
            else { continue }
            arrive(run, next, paper)
        }
        guard run.fused[at] >= 0 else { return }
        for place in met.places(Int(run.fused[at])) {
            if let next = trie.child(met.elements[place], of: node) { arriveLater(run, next, paper) }
        }
    }

    private mutating func arrive(_ run: TextRun, _ node: PhraseTrie.Node, _ paper: Int) {
        if isNew(node, before: place + 1) {
            note(run, node, paper)
            next.append(node)
        }
    }

    private mutating func arriveLater(_ run: TextRun, _ node: PhraseTrie.Node, _ paper: Int) {
        if isNew(node, before: place + 2) {
            note(run, node, paper)
            later.append(node)
        }
    }

    private mutating func isNew(_ node: PhraseTrie.Node, before place: UInt32) -> Bool {
        let parity = Int(place & 1)
        guard reached[parity][Int(node)] != place else { return false }
        reached[parity][Int(node)] = place
        return true
    }

    private mutating func note(_ run: TextRun, _ node: PhraseTrie.Node, _ paper: Int) {
        if run.scope != .organization, let test = trie.test(.anywhere, at: node) { bits[Int(test)].insert(paper) }
        if let test = trie.test(run.scope, at: node) { bits[Int(test)].insert(paper) }
    }
}
