import Papers
import Store

/// Which papers are like a paper: the cosine of their TF-IDF weights, among the newest that are stored.
public actor RelatedPapers {
    private let database: Database
    private var vocabulary: Vocabulary?
    private var vectors: [Int64: PaperVector] = [:]
    /// The numbers of the papers in ``vectors``, in the order in which they became news.
    private var order: [Int64] = []
    /// Up to which papers became news when they were looked at last, and when the vocabulary was made.
    private var seen: Int64 = 0
    private var made: Int64 = 0

    /// So many of the newest papers are compared; it bounds the work of one question.
    private static let compared = 4000
    /// Below this much in common, two papers are alike by chance.
    private static let alike: Float = 0.1

    public init(_ installation: Installation) { database = installation.database }

    /// The papers most like this one, the likest first.
    public func papers(like stored: StoredPaper, limit: Int) async throws -> [StoredPaper] {
        try await prepare()
        guard let own = vectors[stored.seq] ?? vocabulary?.vector(of: stored.paper) else { return [] }
        let ranked = vectors.filter { $0.key != stored.seq }
            .map { (seq: $0.key, common: own.cosine($0.value)) }
            .filter { $0.common >= Self.alike }
            .sorted { ($0.common, $0.seq) > ($1.common, $1.seq) }
            .prefix(limit).map(\.seq)
        let papers = Dictionary(
            try await database.papers.visible(seqs: ranked).map { ($0.seq, $0) },
            uniquingKeysWith: { first, _ in first })
        return ranked.compactMap { papers[$0] }
    }

    private func prepare() async throws {
        let latest = try await database.papers.latestSeq()
        // A tenth more papers hardly changes what is common; twice as many do.
        if vocabulary == nil || latest &- made > Int64(order.count) / 10 {
            let papers = try await database.papers.newest(limit: Self.compared)
            vocabulary = Vocabulary(papers.map(\.paper))
            vectors = [:]
            order = []
            made = latest
            take(papers)
        } else if latest > seen {
            take(try await database.papers.surfaced(after: seen, limit: Self.compared))
        }
        seen = max(seen, latest)
    }

    private func take(_ papers: [StoredPaper]) {
        for stored in papers {
            if vectors.updateValue(vocabulary?.vector(of: stored.paper) ?? PaperVector([]), forKey: stored.seq) == nil {
                order.append(stored.seq)
            }
        }
        let surplus = order.count - Self.compared
        guard surplus > 0 else { return }
        for seq in order.prefix(surplus) { vectors[seq] = nil }
        order.removeFirst(surplus)
    }
}
