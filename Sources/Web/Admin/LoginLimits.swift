import Core
import Foundation
import Site
import Synchronization
import Transport

/// How often and how fast the operator's password may be tried, so that nobody guesses it and nobody locks out who knows
/// it. All of it is in memory: a restart forgets it, but not the cookies of known browsers.
final class LoginLimits: Sendable {
    /// Who tries the password.
    struct Visitor: Sendable {
        var client: IPAddress?
        /// Whether the client is for certain who it seems to be, see ``ClientAddresses/certainClient(of:_:)``.
        var isCertain: Bool
        /// A valid cookie of a browser that logged in before.
        var device: AdminCookie?
    }

    enum Verdict: Sendable, Equatable {
        /// Seconds until there is room for another attempt. The password is not looked at.
        case refused(wait: TimeInterval)
        /// Somebody who logged in before: the password is looked at at once, whatever strangers do.
        case known
        /// The password is looked at after that many seconds; ``leave()`` has to be called then.
        case stranger(delay: TimeInterval)
    }

    private struct State: Sendable {
        var clients = Allowances(LoginLimits.ofOne)
        var devices = Allowances(LoginLimits.ofOne)
        var strangers = Slowdown(Allowance(count: 100, period: 3600), step: 0.1, longest: 10)
        /// Of strangers whose password is being looked at, or waits for it.
        var places = LoginLimits.places
        /// Lines from which somebody logged in, and when.
        var lines: [UInt64: Date] = [:]

        func isKnown(_ line: UInt64, at now: Date) -> Bool {
            lines[line].map { abs(now.timeIntervalSince($0)) < LoginLimits.lineLifetime } ?? false
        }
    }

    private let state = Mutex(State())

    /// Of one client, or of one browser that logged in before.
    private static let ofOne = Allowance(count: 8, period: 900)
    /// The most strangers at once. To wait costs next to nothing, and a password takes a tenth of a second after the other,
    /// so that the last of them is looked at within a minute; of more than these, no browser would wait for the answer.
    static let places = 500
    /// Seconds until one of them has probably gone.
    private static let placeWait: TimeInterval = 5
    /// Seconds for which a line is known.
    private static let lineLifetime: TimeInterval = 7 * 86_400
    private static let mostLines = 1000

    /// Counts an attempt, be the password right or wrong.
    func attempt(by visitor: Visitor, at now: Date) -> Verdict {
        state.withLock { state in
            // One whose cookie was used up, as by somebody who stole it, is a visitor without one.
            if let device = visitor.device, state.devices.take(Self.key(device), at: now) == nil { return .known }
            let line = visitor.client?.lineKey ?? .max
            let isKnown = visitor.isCertain && state.isKnown(line, at: now)
            guard isKnown || state.places > 0 else { return .refused(wait: Self.placeWait) }
            if let wait = state.clients.take(line, at: now) { return .refused(wait: wait) }
            guard !isKnown else { return .known }
            state.places -= 1
            return .stranger(delay: state.strangers.delay(at: now))
        }
    }

    /// Gives a stranger's place to the next.
    func leave() { state.withLock { $0.places += 1 } }

    /// Notes from where somebody logged in. A line that is not certain may be that of everybody behind a proxy.
    func loggedIn(_ visitor: Visitor, at now: Date) {
        guard visitor.isCertain, let line = visitor.client?.lineKey else { return }
        state.withLock { state in
            state.lines[line] = now
            if state.lines.count > Self.mostLines, let oldest = state.lines.min(by: { $0.value < $1.value }) {
                state.lines[oldest.key] = nil
            }
        }
    }

    /// Seeded anew in each process.
    private static func key(_ device: AdminCookie) -> UInt64 { UInt64(bitPattern: Int64(device.number.hashValue)) }
}

/// Lets everything pass, but slower and slower what comes more often than an allowance says.
struct Slowdown: Sendable {
    let allowance: Allowance
    /// Seconds by which each one beyond the allowance is slower than the one before, and the most of them.
    let step: TimeInterval
    let longest: TimeInterval
    /// When the allowance is whole again, as in ``Allowances``; it goes on beyond the period.
    private var fullAt = -TimeInterval.infinity

    init(_ allowance: Allowance, step: TimeInterval, longest: TimeInterval) {
        (self.allowance, self.step, self.longest) = (allowance, step, longest)
    }

    /// Counts one more.
    ///
    /// - Returns: the seconds that it has to wait.
    mutating func delay(at date: Date) -> TimeInterval {
        let now = date.timeIntervalSinceReferenceDate
        let interval = allowance.period / Double(allowance.count)
        // No longer than until the longest delay, so that it is over soon after the crowd has gone.
        let most = allowance.period + interval * longest / step
        fullAt = min(max(fullAt, now) + interval, now + most)
        let beyond = (fullAt - now - allowance.period) / interval
        // The sum of many intervals differs from the period by rounding.
        return beyond < 1e-6 ? 0 : min(beyond * step, longest)
    }
}
