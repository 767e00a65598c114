import Papers
import Store

/// The profiles of readers who marked papers. Who never did costs nothing and is ranked as everybody.
actor PreferenceProfiles {
    private let database: Database
    private var vocabulary: Vocabulary?
    private var vectors: [Int64: PaperVector] = [:]
    /// The number of the newest paper when the vocabulary was made, and of how many it was made.
    private var made: (seq: Int64, papers: Int64) = (0, 0)

    /// So many of the newest papers say how common words are.
    private static let sample = 2000
    init(_ database: Database) { self.database = database }

    /// - Returns: what each of some readers thinks of some papers; readers without marks are missing.
    func affinities(of subscribers: [Int64], among papers: [StoredPaper]) async throws -> [Int64: Affinities] {
        let marks = try await database.marks.marks(of: subscribers)
        guard !marks.isEmpty else { return [:] }
        try await prepare()
        let marked = try await database.papers.papers(seqs: Set(marks.values.joined().map(\.paperSeq)))
        let bySeq = Dictionary(marked.map { ($0.seq, $0) }, uniquingKeysWith: { first, _ in first })
        let candidates = papers.map { vector(of: $0) }
        return marks.mapValues { marks in
            let profile = PreferenceProfile(
                marks.compactMap { mark in
                    bySeq[mark.paperSeq].map {
                        PreferenceProfile.Marked(title: $0.paper.title, vector: vector(of: $0), isLiked: mark.isLiked)
                    }
                })
            return Affinities(profile: profile, papers: candidates)
        }
    }

    private func prepare() async throws {
        let latest = try await database.papers.latestSeq()
        // A tenth more papers hardly changes what is common; twice as many do.
        guard vocabulary == nil || latest &- made.seq > made.papers / 10 else { return }
        let newest = try await database.papers.newest(limit: Self.sample)
        made = (latest, Int64(newest.count))
        vocabulary = Vocabulary(newest.map(\.paper))
        vectors = [:]
    }

    private func vector(of stored: StoredPaper) -> PaperVector {
        if let vector = vectors[stored.seq] { return vector }
        let vector = vocabulary?.vector(of: stored.paper) ?? PaperVector([])
        vectors[stored.seq] = vector
        return vector
    }
}

/// What one reader thinks of the papers of a round.
struct Affinities: Sendable {
    let profile: PreferenceProfile
    let papers: [PaperVector]

    /// - Parameter index: the paper's place in the round.
    func affinity(_ index: Int) -> Double { profile.affinity(papers[index]) }
    func because(_ index: Int) -> String? { profile.because(papers[index]) }
}
