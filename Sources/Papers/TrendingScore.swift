import Foundation

extension Paper {
    /// How much the paper trends at `now`: attention, damped, that fades from the moment it was first seen.
    ///
    ///     (1 + ln(1 + upvotes) + ½ ln(1 + comments) + ¼ ln(1 + stars)) · 2^(−age / halfLife)
    ///
    /// Logarithms, because the step from 5 upvotes to 10 says as much as that from 50 to 100. The leading 1 lets papers
    /// without any votes still be ordered by freshness. Age counts from `firstSeenAt`, not from publication: a paper that a
    /// curator takes up weeks later is news on that day. A paper seen "in the future" counts as new.
    ///
    /// - Parameter halfLife: Seconds after which the score is half; two days unless told.
    public func trendingScore(at now: Date, firstSeenAt: Date, halfLife: TimeInterval = 2 * 86_400) -> Double {
        let attention =
            1 + log1p(Double(max(0, upvotes))) + log1p(Double(max(0, comments))) / 2
            + log1p(Double(max(0, stars ?? 0))) / 4
        let age = max(0, now.timeIntervalSince(firstSeenAt))
        return attention * exp2(-age / max(1, halfLife))
    }
}
