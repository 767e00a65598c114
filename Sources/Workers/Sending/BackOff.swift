import Foundation
import Store

/// How long a sender rests after a round that failed.
struct BackOff {
    private var outages = 0

    /// Seconds of the first rest and of the longest where a database is away: most only restart, and meanwhile mails wait.
    private static let first = 0.5
    private static let longest = 10.0
    /// Of any other trouble, such as a full disk, which nobody mends at once.
    private static let usual = 5.0

    /// - Parameter relays: until when no mail server is to be tried.
    mutating func seconds(after error: any Error, relays: TimeInterval) -> TimeInterval {
        guard let error = error as? StoreError, error.kind == .unreachable || error.kind == .busy else {
            outages = 0
            return max(Self.usual, relays)
        }
        outages += 1
        return min(Self.longest, Self.first * pow(2, Double(outages - 1)))
    }

    mutating func worked() { outages = 0 }
}
