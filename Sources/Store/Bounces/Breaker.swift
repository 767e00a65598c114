import Foundation

/// Somebody who refuses everybody: mails are held or tried one by one, no reader is blamed, and the operator is told, until it
/// is over.
public struct Breaker: Sendable, Equatable {
    /// What it refuses.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case policy, content
        case unknownMailbox = "unknown mailbox"
        case fullMailbox = "full mailbox"
        case undeliverable, expired
        /// Digests, even in their smallest form.
        case size = "too large"
        /// Addresses beyond ASCII (RFC 6531).
        case internationalised = "SMTPUTF8"

        /// - Returns: nil for a fault that is always a reader's own.
        init?(_ fault: DeliveryFault) { self.init(rawValue: fault.rawValue) }
    }

    public let scope: BlanketRefusal.Scope
    /// The domain, the relay's address, or what a provider says.
    public let name: String
    public let kind: Kind
    /// What was said last.
    public let said: String
    /// Whether refusals come back as mails, so that what a server takes is not delivered yet.
    public let isByMail: Bool
    /// Whether mails are held back, all but a probe.
    public let holds: Bool
    /// Readers who were refused.
    public let readers: Int
    public let openedAt: Date
    public let refusedAt: Date
    /// From when on one mail may go to see whether it is over.
    public let probeAt: Date
    /// When such a mail was taken last.
    public let probedAt: Date?
    /// How many probes were refused.
    public let failures: Int
    /// Readers whose mails wait for it.
    public var waiting = 0

    /// Seconds until the first probe, doubled with each that is refused, and the longest.
    static let firstRest: TimeInterval = 300
    static let longestRest: TimeInterval = 1800
    /// Where refusals come back as mails, so many seconds without one after a probe show that it is over.
    public static let grace: TimeInterval = 3600
    /// What only alarms goes by itself so long after the last refusal: a morning without any has passed.
    static let memory: TimeInterval = 26 * 3600
    /// What holds and was never probed, since nobody there has had a mail.
    static let longMemory: TimeInterval = 8 * 86_400

    static func rest(failures: Int) -> TimeInterval {
        min(longestRest, firstRest * pow(2, Double(min(failures, 10))))
    }

    /// Whether it is over, by time alone.
    func isOver(at now: Date) -> Bool {
        let quiet = now.timeIntervalSince(refusedAt)
        guard holds else { return quiet > Self.memory }
        if isByMail, let probedAt, probedAt > refusedAt, now.timeIntervalSince(probedAt) >= Self.grace { return true }
        return quiet > Self.longMemory
    }
}

extension Breaker {
    init(_ row: SQLRow) throws {
        scope = BlanketRefusal.Scope(rawValue: try row.need("scope")) ?? .domain
        name = try row.need("name")
        kind = Kind(rawValue: try row.need("kind")) ?? .policy
        said = try row.need("said")
        isByMail = try row.need("source") == "mail"
        holds = try row.number("holds") != 0
        readers = Int(min(max(0, try row.number("readers")), 1 << 40))
        openedAt = try row.instant("opened_at")
        refusedAt = try row.instant("refused_at")
        probeAt = try row.instant("probe_at")
        probedAt = try row.date("probed_at")
        failures = Int(min(max(0, try row.number("failures")), 1 << 20))
    }
}
