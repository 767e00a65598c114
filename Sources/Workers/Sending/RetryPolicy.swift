import Foundation

/// How long a refused-for-now delivery waits: 5 min, 15 min, 1 h, 3 h, then 6 h, each up to a fifth longer by chance so that
/// many that failed together do not come back together.
struct RetryPolicy: Sendable {
    private static let steps: [TimeInterval] = [300, 900, 3600, 10_800, 21_600]

    /// - Parameters:
    ///   - attempt: how many were made, counted from 1.
    ///   - chance: from 0 to 1.
    static func delay(afterAttempt attempt: Int, chance: Double) -> TimeInterval {
        let step = steps[min(max(attempt, 1), steps.count) - 1]
        return step * (1 + 0.2 * chance)
    }
}
