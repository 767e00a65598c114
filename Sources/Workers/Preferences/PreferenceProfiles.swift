import Papers
import Store

/// The profiles of readers who marked papers. Who never did costs nothing and is ranked as everybody.
actor PreferenceProfiles {
    private let database: Database
    private var vectors: PaperVectors?
    /// The number of the newest paper when the vocabulary was made, and of how many it was made.
    private var made: (seq: Int64, papers: Int64) = (0, 0)

    /// So many of the newest papers say how common words are.
    private static let sample = 2000
    init(_ database: Database) { self.database = database }

    /// - Returns: what each of some readers thinks of some papers; readers without marks are missing.
    func affinities(of subscribers: [Int64], among papers: [StoredPaper]) async throws -> [Int64: Affinities] {
        let marks = try await database.marks.marks(of: subscribers)
        guard !marks.isEmpty else { return [:] }
        let vectors = try await prepared()
        let marked = try await database.papers.papers(seqs: Set(marks.values.joined().map(\.paperSeq)))
        let known = Dictionary(
            marked.map { ($0.seq, (title: $0.paper.title, vector: vectors.vector(of: $0))) },
            uniquingKeysWith: { first, _ in first })
        let round = TasteRound(papers, by: vectors)
        return marks.mapValues { marks in
            let profile = PreferenceProfile(
                marks.compactMap { mark in
                    known[mark.paperSeq].map { .init(title: $0.title, vector: $0.vector, isLiked: mark.isLiked) }
                })
            return Affinities(profile, of: round)
        }
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
