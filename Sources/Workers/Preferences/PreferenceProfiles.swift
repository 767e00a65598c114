import Papers
import Store

/// The profiles of readers who marked papers or brought a library. Who never did costs nothing and is ranked as everybody.
actor PreferenceProfiles {
    private let database: Database
    private var vectors: PaperVectors?
    /// The number of the newest paper when the vocabulary was made, and of how many it was made.
    private var made: (seq: Int64, papers: Int64) = (0, 0)

    /// So many of the newest papers say how common words are.
    private static let sample = 2000
    init(_ database: Database) { self.database = database }

    /// - Returns: what each of some readers thinks of some papers; readers without marks and library are missing.
    func affinities(of subscribers: [Int64], among papers: [StoredPaper]) async throws -> [Int64: Affinities] {
        let marks = try await database.marks.marks(of: subscribers)
        let libraries = try await database.libraries.weighing(of: subscribers)
        guard !marks.isEmpty || !libraries.isEmpty else { return [:] }
        let vectors = try await prepared()
        let seqs = Set(marks.values.joined().map(\.paperSeq)).union(libraries.values.joined().compactMap(\.paperSeq))
        let known = Dictionary(
            try await database.papers.papers(seqs: seqs).map { ($0.seq, ($0.paper.title, vectors.vector(of: $0))) },
            uniquingKeysWith: { first, _ in first })
        let texts = libraries.values.joined().filter { entry in entry.paperSeq.map { known[$0] == nil } ?? true }
        let shelves = try await vectors.vectors(of: texts.map(\.id), in: database.libraries)
        let round = TasteRound(papers, by: vectors)
        let readers = Set(marks.keys).union(libraries.keys)
        return Dictionary(
            uniqueKeysWithValues: readers.map { reader in
                let own = (marks[reader] ?? []).compactMap { mark in
                    known[mark.paperSeq].map {
                        PreferenceProfile.Marked(title: $0.0, vector: $0.1, isLiked: mark.isLiked)
                    }
                }
                // What a reader said of a paper counts for more than that they have it.
                let said = Set((marks[reader] ?? []).map(\.paperSeq))
                let shelved = (libraries[reader] ?? []).compactMap { entry -> PreferenceProfile.Marked? in
                    if let seq = entry.paperSeq, said.contains(seq) { return nil }
                    let text = shelves[entry.id].map { (entry.title, $0) }
                    guard let (title, vector) = entry.paperSeq.flatMap({ known[$0] }) ?? text else { return nil }
                    // One of another field or language says nothing, and must not make the others weigh less.
                    guard !vector.weights.isEmpty else { return nil }
                    return PreferenceProfile.Marked(title: title, vector: vector, isLiked: true, isOfLibrary: true)
                }
                return (reader, Affinities(PreferenceProfile(own + shelved), of: round))
            })
    }

    private func prepared() async throws -> PaperVectors {
        let latest = try await database.papers.latestSeq()
        // A tenth more papers hardly changes what is common; twice as many do.
        if let vectors, latest &- made.seq <= made.papers / 10 { return vectors }
        let newest = try await database.papers.newest(limit: Self.sample)
        let new = PaperVectors(Vocabulary(newest.map(\.paper)))
        made = (latest, Int64(newest.count))
        vectors = new
        return new
    }
}
