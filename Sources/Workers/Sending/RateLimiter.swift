import Foundation

/// How much may be sent at once and in a time; 0 is no limit.
struct SendLimits: Sendable, Equatable {
    /// Messages a second, evenly spread.
    var perSecond = 0
    /// At most so many messages …
    var windowMessages = 0
    /// … in any stretch of so many seconds.
    var windowSeconds: TimeInterval = 3600
    /// Messages under way to one domain.
    var perDomain = 0
    /// Messages to one domain in a minute, evenly spread.
    var perDomainMinute = 0
}

/// Decides when the next message may go out. A value without a clock: the time is given.
struct RateLimiter: Sendable {
    enum Admission: Equatable, Sendable {
        case now
        case at(Date)
        /// When a message under way to the same domain is done.
        case onReturn
    }

    private let limits: SendLimits
    private var nextAt = Date.distantPast
    /// When each of the last messages of a window went, a ring.
    private var ring: [Date] = []
    private var ringStart = 0
    private var underWay: [String: Int] = [:]
    private var nextOfDomain: [String: Date] = [:]

    init(_ limits: SendLimits) { self.limits = limits }

    /// Whether it has to be told when a message is done.
    var counts: Bool { limits.perDomain > 0 }

    /// When any message at all may go.
    func admits(at now: Date) -> Admission {
        var at = now
        if limits.perSecond > 0 { at = max(at, nextAt) }
        if limits.windowMessages > 0, ring.count == limits.windowMessages {
            at = max(at, ring[ringStart].addingTimeInterval(limits.windowSeconds))
        }
        return at > now ? .at(at) : .now
    }

    /// When a message to a domain may go, the limits for all apart.
    func admits(to domain: String, at now: Date) -> Admission {
        if limits.perDomain > 0, underWay[domain, default: 0] >= limits.perDomain { return .onReturn }
        if limits.perDomainMinute > 0, let next = nextOfDomain[domain], next > now { return .at(next) }
        return .now
    }

    /// A message goes out.
    mutating func take(_ domain: String, at now: Date) {
        if limits.perSecond > 0 { nextAt = max(now, nextAt).addingTimeInterval(1 / Double(limits.perSecond)) }
        if limits.windowMessages > 0 {
            if ring.count < limits.windowMessages {
                ring.append(now)
            } else {
                ring[ringStart] = now
                ringStart = (ringStart + 1) % ring.count
            }
        }
        if limits.perDomain > 0 { underWay[domain, default: 0] += 1 }
        if limits.perDomainMinute > 0 {
            forgetOldDomains(now)
            nextOfDomain[domain] = max(now, nextOfDomain[domain] ?? now)
                .addingTimeInterval(60 / Double(limits.perDomainMinute))
        }
    }

    /// A message is done, however it went.
    mutating func returned(_ domain: String) {
        guard let count = underWay[domain] else { return }
        underWay[domain] = count > 1 ? count - 1 : nil
    }

    private mutating func forgetOldDomains(_ now: Date) {
        if nextOfDomain.count > 10_000 { nextOfDomain = nextOfDomain.filter { $0.value > now } }
    }
}
