/// How much a reader likes papers, made comparable with what else orders them.
public enum Liking {
    /// Nothing in a mail stands out by more.
    private static let most = 3.0
    /// Likings of one mail that lie closer together than this differ by chance.
    private static let least = 0.02

    /// Each liking against those of the other papers of the mail: how many standard deviations it lies above their mean, cut
    /// to −3 … 3.
    ///
    /// - Parameter likings: each −1 to 1; of papers that have 0.1 in common one may be far more alike than the rest.
    public static func standardised(_ likings: [Double]) -> [Double] {
        guard !likings.isEmpty else { return [] }
        let count = Double(likings.count)
        let mean = likings.reduce(0, +) / count
        let variance = likings.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        let deviation = max(variance.squareRoot(), least)
        return likings.map { min(most, max(-most, ($0 - mean) / deviation)) }
    }
}
