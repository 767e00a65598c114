/// What a write transaction locks against other writers.
///
/// Stores read and then write what follows from it: may this person have one more mail, which paper is this sighting's. With
/// SQLite that is safe because a file has one writer. With PostgreSQL each group of tables has: a transaction begins by
/// taking the groups' locks and then reads what the last one committed (READ COMMITTED, in which each statement sees all that
/// is committed before it). SERIALIZABLE was the other choice. It lets the same transactions fail and run again instead of
/// wait, and ours touch the same few rows (the counters, one index page of a small table): of several feeds that are stored
/// side by side, each of them minutes of work on a far server, all but one would begin anew at every commit.
///
/// The senders' path locks no group: see ``rows``.
public struct WriteLocks: OptionSet, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Papers, what is said about them, and their numbers.
    public static let papers = WriteLocks(rawValue: 1)
    /// Subscribers, what they read, want and were sent.
    public static let people = WriteLocks(rawValue: 2)
    /// Feeds and what belongs to the installation.
    public static let site = WriteLocks(rawValue: 4)
    public static let all: WriteLocks = [.papers, .people, .site]
    /// Only the rows that are written: for statements each of which is right by itself, whatever runs beside it, because it
    /// names in its condition the state it changes. Claiming mails and recording replies is of this kind, so that many
    /// senders work side by side.
    public static let rows: WriteLocks = []

    /// In the order in which they are taken, the same everywhere, so that no two transactions wait for each other.
    var names: [String] {
        [(WriteLocks.papers, "papers"), (.people, "people"), (.site, "site")].filter { contains($0.0) }.map(\.1)
    }
}
