import Core
import Papers
import Store

/// Papers by one vocabulary, each worked out once.
final class PaperVectors: Sendable {
    let vocabulary: Vocabulary
    /// About 1 KB each.
    private let known: BoundedCache<Int64, PaperVector>
    /// Of entries of libraries that are kept as text.
    private let shelved: BoundedCache<Int64, PaperVector>

    /// - Parameter most: how many papers are kept.
    init(_ vocabulary: Vocabulary, most: Int = 20_000) {
        self.vocabulary = vocabulary
        known = BoundedCache(most: most)
        shelved = BoundedCache(most: most)
    }

    func vector(of stored: StoredPaper) -> PaperVector {
        known.value(for: stored.seq) { vocabulary.vector(of: stored.paper) }
    }

    /// The texts of entries of libraries by their numbers; only those that are not known yet are read.
    func vectors(of ids: [Int64], in libraries: LibraryStore) async throws -> [Int64: PaperVector] {
        var found: [Int64: PaperVector] = [:]
        var missing: [Int64] = []
        for id in ids {
            if let vector = shelved[id] { found[id] = vector } else { missing.append(id) }
        }
        for start in stride(from: 0, to: missing.count, by: Self.readAtOnce) {
            let part = missing[start..<min(start + Self.readAtOnce, missing.count)]
            for stored in try await libraries.entries(ids: Array(part)) {
                let vector = vocabulary.vector(of: Paper(stored.entry))
                found[stored.id] = vector
                shelved.keep(vector, for: stored.id)
            }
        }
        return found
    }

    /// With abstracts, about a megabyte.
    private static let readAtOnce = 500
}

extension Paper {
    /// An entry of a library as a paper that can be compared with others.
    fileprivate init(_ shelved: LibraryEntry) {
        var entry = Entry(id: shelved.ids.first ?? PaperID(entry: shelved.title, in: nil), title: shelved.title)
        entry.abstract = shelved.abstract
        entry.authors = shelved.authors
        entry.keywords = shelved.keywords
        self.init(entry)
    }
}
