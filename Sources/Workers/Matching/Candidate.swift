import Filters
import Store

/// A paper that a reader may get.
struct Candidate: Sendable, Equatable {
    /// Its place in the round.
    let index: Int
    var item: DigestItem
    /// That of the best match, see `MatchStrength`; 0 where the reader asked for nothing in particular.
    var match = 0.0
    /// Those whom the reader follows and whose paper it is.
    var followed: [AuthorName] = []
    /// How much the reader likes it against the others of their mail, see `Liking`; nil for a reader without marks.
    var liking: Double?
}
