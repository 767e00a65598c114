import Core

/// What one reader's digest holds.
public struct Digest: Sendable {
    /// The reader's own day, which the mail names.
    public var day: CivilDate
    /// In the order in which they are shown; at least one.
    public var picks: [Pick]
    /// Papers that matched and did not fit.
    public var more: Int

    public init(day: CivilDate, picks: [Pick], more: Int = 0) {
        self.day = day
        self.picks = picks
        self.more = more
    }
}
