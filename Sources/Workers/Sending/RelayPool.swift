import Foundation
import Synchronization
import Transport

/// A mail server to hand mail to, and how much of it compared with the others.
struct Relay: Sendable {
    let server: SMTPServer
    let weight: Int
    /// What is known of it, and learns more.
    var knowledge = SMTPRelayKnowledge()
}

/// The relays, of which those that work share the connections by weight; one that fails rests and is then tried again.
final class RelayPool: Sendable {
    /// A relay in use by one worker.
    struct Lease: Sendable {
        let index: Int
        let server: SMTPServer
        let knowledge: SMTPRelayKnowledge
    }

    private struct Health {
        var inUse = 0
        var failures = 0
        var restsUntil = Date.distantPast
    }

    private struct State {
        var health: [Health]
        var lastError: (any Error)?
    }

    private let relays: [Relay]
    private let now: @Sendable () -> Date
    /// Asked for each message, and never held for longer than a look.
    private let state: Mutex<State>

    /// Seconds of the first rest, doubled at each further failure, and of the longest.
    private static let firstRest: TimeInterval = 30
    private static let longestRest: TimeInterval = 600

    /// - Parameter relays: at least one.
    init(_ relays: [Relay], now: @escaping @Sendable () -> Date) {
        self.relays = relays
        self.now = now
        state = Mutex(State(health: relays.map { _ in Health() }))
    }

    /// The relays as operators are told of them, in their order.
    var names: [String] { relays.map(\.server.description) }

    /// The working relay that has fewest connections for its weight.
    ///
    /// - Parameter full: relays that take no further connection.
    /// - Returns: nil where those that work are full.
    /// - Throws: what the last relay failed with, where all rest.
    func lease(except full: Set<Int> = []) throws -> Lease? {
        let now = now()
        return try state.withLock { state throws -> Lease? in
            let health = state.health
            let working = relays.indices.filter { health[$0].restsUntil <= now }
            if working.isEmpty { throw state.lastError ?? RelayRefusal(description: "no mail server is configured") }
            let best = working.filter { !full.contains($0) }.min {
                Double(health[$0].inUse + 1) / Double(relays[$0].weight)
                    < Double(health[$1].inUse + 1) / Double(relays[$1].weight)
            }
            guard let best else { return nil }
            state.health[best].inUse += 1
            return Lease(index: best, server: relays[best].server, knowledge: relays[best].knowledge)
        }
    }

    func giveBack(_ lease: Lease) { state.withLock { Self.giveBack(lease, &$0) } }

    private static func giveBack(_ lease: Lease, _ state: inout State) {
        state.health[lease.index].inUse = max(0, state.health[lease.index].inUse - 1)
    }

    /// No connection could be opened. Where others are open, the relay has as many as it wants and goes on with them; where
    /// none is, it rests.
    func notOpened(_ lease: Lease, _ error: any Error) {
        let now = now()
        state.withLock { state in
            Self.giveBack(lease, &state)
            if state.health[lease.index].inUse == 0 { Self.failed(lease.index, error, at: now, &state) }
        }
    }

    /// The relay takes no mail now.
    func failed(_ index: Int, _ error: any Error) {
        let now = now()
        state.withLock { Self.failed(index, error, at: now, &$0) }
    }

    private static func failed(_ index: Int, _ error: any Error, at now: Date, _ state: inout State) {
        state.lastError = error
        guard state.health[index].restsUntil <= now else { return }
        let rest = min(longestRest, firstRest * pow(2, Double(state.health[index].failures)))
        state.health[index].failures += 1
        state.health[index].restsUntil = now.addingTimeInterval(rest)
    }

    /// The relay has taken a message.
    func worked(_ index: Int) {
        state.withLock { state in
            if state.health[index].failures > 0 { state.health[index] = Health(inUse: state.health[index].inUse) }
        }
    }

    func rests(_ index: Int) -> Bool {
        // Most never did, and need no look at the clock.
        let until = state.withLock { $0.health[index].restsUntil }
        return until != .distantPast && until > now()
    }

    /// Seconds until a relay may be tried again; 0 where one works.
    var rest: TimeInterval {
        let now = now()
        return state.withLock { max(0, ($0.health.map(\.restsUntil).min() ?? now).timeIntervalSince(now)) }
    }
}

/// A relay that refuses everyone.
public struct RelayRefusal: Error, CustomStringConvertible {
    public let description: String
    /// Until when it is not to be tried, where that is known.
    var until: Date?

    /// It may be over before, and mails of others may wait: seconds after which it is looked again at the latest.
    private static let longest = 60.0

    /// Seconds for which nothing is to be tried.
    func rest(at now: Date) -> TimeInterval { min(Self.longest, max(0, until?.timeIntervalSince(now) ?? 0)) }
}

/// The relays want no further connection; those that are open go on.
struct NoConnectionLeft: Error {}
