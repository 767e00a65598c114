import Foundation

/// How often something may happen: `count` times at once, and refilled evenly so that it is `count` times in a period.
struct Allowance: Sendable, Equatable {
    /// 0 is no limit.
    var count: Int
    /// Seconds.
    var period: TimeInterval
}

/// A token bucket for each key, in bounded memory.
///
/// A bucket is kept as the time at which it is full again (the generic cell rate algorithm), so that one that is full is
/// one that need not be kept.
struct Allowances: Sendable {
    let allowance: Allowance
    /// The most keys that are remembered.
    let capacity: Int
    private var fullAt: [UInt64: TimeInterval] = [:]

    init(_ allowance: Allowance, capacity: Int = 100_000) {
        self.allowance = allowance
        self.capacity = capacity
    }

    /// How many keys are remembered.
    var count: Int { fullAt.count }

    /// Takes one from a key's bucket.
    ///
    /// - Returns: nil where it was there, else the seconds until there is one; nothing is taken then.
    mutating func take(_ key: UInt64, at date: Date) -> TimeInterval? {
        guard allowance.count > 0 else { return nil }
        let now = date.timeIntervalSinceReferenceDate
        let interval = allowance.period / Double(allowance.count)
        // A clock that was set back must not lock anybody out for longer than a whole period.
        let known = min(max(fullAt[key] ?? now, now), now + allowance.period)
        let wait = known + interval - now - allowance.period
        // The sum of many intervals differs from the period by rounding.
        guard wait <= interval * 1e-6 else {
            fullAt[key] = known
            return wait
        }
        if fullAt[key] == nil, fullAt.count >= capacity { makeRoom(now) }
        fullAt[key] = known + interval
        return nil
    }

    /// Forgets full buckets and, where that is not enough, the fullest: they have the least to tell.
    private mutating func makeRoom(_ now: TimeInterval) {
        fullAt = fullAt.filter { $0.value > now }
        guard fullAt.count > capacity * 3 / 4 else { return }
        let kept = fullAt.sorted { $0.value > $1.value }.prefix(capacity / 2)
        fullAt = Dictionary(kept.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
}
