import Foundation
import Transport

/// A mail server to hand mail to, and how much of it compared with the others.
struct Relay: Sendable {
    let server: SMTPServer
    let weight: Int
}

/// The relays, of which those that work share the connections by weight; one that fails rests and is then tried again.
actor RelayPool {
    /// A relay in use by one lane.
    struct Lease: Sendable {
        let index: Int
        let server: SMTPServer
    }

    private struct Health {
        var inUse = 0
        var failures = 0
        var restsUntil = Date.distantPast
    }

    private let relays: [Relay]
    private let now: @Sendable () -> Date
    private var health: [Health]
    private var lastError: (any Error)?

    /// Seconds of the first rest, doubled at each further failure, and of the longest.
    private static let firstRest: TimeInterval = 30
    private static let longestRest: TimeInterval = 600

    /// - Parameter relays: at least one.
    init(_ relays: [Relay], now: @escaping @Sendable () -> Date) {
        self.relays = relays
        self.now = now
        health = relays.map { _ in Health() }
    }

    /// The working relay that has fewest connections for its weight.
    ///
    /// - Parameter full: relays that take no further connection.
    /// - Returns: nil where those that work are full.
    /// - Throws: what the last relay failed with, where all rest.
    func lease(except full: Set<Int> = []) throws -> Lease? {
        let now = now()
        let working = relays.indices.filter { health[$0].restsUntil <= now }
        if working.isEmpty { throw lastError ?? RelayRefusal(description: "no mail server is configured") }
        let best = working.filter { !full.contains($0) }.min {
            Double(health[$0].inUse + 1) / Double(relays[$0].weight)
                < Double(health[$1].inUse + 1) / Double(relays[$1].weight)
        }
        guard let best else { return nil }
        health[best].inUse += 1
        return Lease(index: best, server: relays[best].server)
    }

    func giveBack(_ lease: Lease) { health[lease.index].inUse = max(0, health[lease.index].inUse - 1) }

    /// No connection could be opened. Where others are open, the relay has as many as it wants and goes on with them; where
    /// none is, it rests.
    func notOpened(_ lease: Lease, _ error: any Error) {
        giveBack(lease)
        if health[lease.index].inUse == 0 { failed(lease.index, error) }
    }

    /// The relay takes no mail now.
    func failed(_ index: Int, _ error: any Error) {
        lastError = error
        guard health[index].restsUntil <= now() else { return }
        let rest = min(Self.longestRest, Self.firstRest * pow(2, Double(health[index].failures)))
        health[index].failures += 1
        health[index].restsUntil = now().addingTimeInterval(rest)
    }

    /// The relay has taken a message.
    func worked(_ index: Int) { if health[index].failures > 0 { health[index] = Health(inUse: health[index].inUse) } }

    func rests(_ index: Int) -> Bool { health[index].restsUntil > now() }

    /// Seconds until a relay may be tried again; 0 where one works.
    var rest: TimeInterval {
        let now = now()
        return max(0, (health.map(\.restsUntil).min() ?? now).timeIntervalSince(now))
    }
}

/// A relay that refuses everyone.
public struct RelayRefusal: Error, CustomStringConvertible {
    public let description: String
}

/// The relays want no further connection; those that are open go on.
struct NoConnectionLeft: Error {}
