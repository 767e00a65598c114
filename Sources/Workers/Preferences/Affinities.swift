import Core
import Filters
import Papers
import Store

/// What one reader thinks of the papers of a round.
struct Affinities: Sendable {
    /// Why a paper stands where it does, in words.
    struct Reason: Equatable, Sendable {
        /// Of the liked paper that is most like it.
        let title: String
        /// Whether that paper is liked because the reader's own library has it.
        let isOfLibrary: Bool
        /// What both have in common, as the paper spells it.
        let terms: [String]
        /// An author of both.
        let author: String?
    }

    private let profile: PreferenceProfile
    private let round: TasteRound
    private let likings: [Double]

    init(_ profile: PreferenceProfile, of round: TasteRound) {
        self.profile = profile
        self.round = round
        likings = profile.likings(of: round.vectors, terms: round.vocabulary.count)
    }

    /// −1 to 1.
    ///
    /// - Parameter index: the paper's place in the round.
    func liking(_ index: Int) -> Double { likings[index] }

    /// Nil where no liked paper is like it.
    func reason(_ index: Int) -> Reason? {
        let paper = round.papers[index].paper
        let likeness = profile.likeness(
            of: round.vectors[index], title: paper.title, name: round.vocabulary.name)
        guard let likeness else { return nil }
        return Reason(
            title: likeness.title, isOfLibrary: likeness.isOfLibrary,
            terms: likeness.terms.compactMap { round.spelling(of: $0, in: index) },
            author: likeness.author.flatMap { Vocabulary.author($0, of: paper) })
    }
}

/// The papers of a round as all readers' profiles are compared with them.
final class TasteRound: Sendable {
    private struct Place: Hashable {
        let term: Int32
        let index: Int
    }

    let papers: [StoredPaper]
    let vectors: [PaperVector]
    let vocabulary: Vocabulary
    private let spellings = BoundedCache<Place, String>(most: 20_000)

    init(_ papers: [StoredPaper], by vectors: PaperVectors) {
        self.papers = papers
        self.vectors = papers.map(vectors.vector(of:))
        vocabulary = vectors.vocabulary
    }

    /// Worked out once, however many readers are told of it.
    func spelling(of term: Int32, in index: Int) -> String? {
        guard let name = vocabulary.name(of: term) else { return nil }
        return spellings.value(for: Place(term: term, index: index)) {
            PaperTerms.spelling(of: name, in: papers[index].paper)
        }
    }
}
