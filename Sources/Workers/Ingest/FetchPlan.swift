import Feeds
import Foundation

/// When a feed is asked next. Pure: time and chance are given.
public struct FetchPlan: Sendable {
    /// Seconds between fetches that nobody asked to be different.
    let interval: TimeInterval
    /// From 0 to 1, for the jitter.
    let chance: @Sendable () -> Double

    /// - Parameters:
    ///   - interval: seconds between fetches that nobody asked to be different.
    ///   - chance: from 0 to 1, for the jitter after a failure.
    public init(interval: TimeInterval, chance: @escaping @Sendable () -> Double) {
        self.interval = interval
        self.chance = chance
    }

    private static let longest: TimeInterval = 86_400
    private static let firstRetry: TimeInterval = 300

    /// After a good answer: the interval, or longer where the server (`Cache-Control`) or the feed (`ttl`, `skipDays`,
    /// `skipHours`) asks for it; a day at most, but for days the feed itself skips.
    public func afterSuccess(at now: Date, cacheControl: String?, hints: RefreshHints) -> Date {
        let wished = max(interval, CacheLifetime.seconds(cacheControl) ?? 0, hints.timeToLive ?? 0)
        return hints.allowed(from: now.addingTimeInterval(min(wished, Self.longest)))
    }

    /// After a good answer of arXiv's listing, whose calendar says when there is news: a while after the next midnight with
    /// news once this one's has come, else at the interval. Its Cache-Control ends at that very midnight, too early.
    func afterArXiv(at now: Date, broughtNew: Bool, lastNewAt: Date?) -> Date {
        let usual = now.addingTimeInterval(interval)
        let release = ArXivCalendar.lastRelease(before: now, grace: 0) ?? .distantFuture
        guard broughtNew || lastNewAt.map({ $0 >= release }) == true else { return usual }
        return ArXivCalendar.nextRelease(after: now).addingTimeInterval(600 + 1200 * chance())
    }

    /// After a failure: five minutes, and twice as long after each one in a row, a day at most; a fifth more or less, so
    /// that installations that failed together do not come back together. Never before the time the server named.
    func afterFailure(at now: Date, failuresBefore: Int, notBefore: Date?) -> Date {
        let wait = min(Self.firstRetry * pow(2, Double(min(failuresBefore, 20))), Self.longest)
        let jittered = now.addingTimeInterval(wait * (0.8 + 0.4 * chance()))
        return max(jittered, notBefore ?? jittered)
    }

    /// How long to wait before asking once more in the same round: 2 s, then 6 s, a fifth more or less.
    func pause(beforeRetry number: Int) -> TimeInterval { (number == 1 ? 2 : 6) * (0.8 + 0.4 * chance()) }
}
