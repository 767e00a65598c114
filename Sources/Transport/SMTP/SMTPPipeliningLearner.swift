/// Learns how far ahead of a relay's replies commands can be sent, and never risks more than one message at a time for it.
///
/// Until the relay is known each end of a message goes alone. Then, on one connection at a time, a NOOP follows the end of
/// one message, and after that the envelope of the next does; when both proved good all connections do so. A reply that is
/// lost, garbled or late with something behind it makes the relay wait from then on. A value without a clock.
struct SMTPPipeliningLearner: Sendable, Equatable {
    /// What may follow the end of a message before its reply.
    enum Permission: Sendable, Equatable {
        case nothing
        /// A NOOP: it begins no message, and what answers it is known beforehand.
        case probe
        /// The envelope of the next message.
        case next
    }

    /// What came of something that was sent ahead.
    enum Observation: Sendable, Equatable {
        /// The reply to the end of a message came so long after it, with nothing behind.
        case alone(Duration)
        /// Each reply came, in order and in time.
        case proved(Permission)
        /// All commands of an envelope that went in one write were answered.
        case envelope
        /// The relay cannot take this much: why, as the rest of a sentence about it.
        case failed(SMTPPipelining, String)
        /// The connection ended before anything was known, and not for what was sent ahead.
        case ended
        /// The connection ended after the reply to the end of a message and before those to what followed it.
        case closedBehind
        /// The connection ended in the middle of an envelope.
        case brokenEnvelope
    }

    private enum Step: Sendable, Equatable {
        case alone
        case probing(connection: Int)
        case proven
        case trying(connection: Int)
        case settled
    }

    private var step: Step
    private(set) var traits: SMTPRelayTraits
    private(set) var envelopeIsProven = false
    private var brokenEnvelopes = 0
    private var closedBehind = 0
    private var hasSeenAlone = false
    /// The longest that a reply to the end of a message took with nothing behind it.
    private(set) var slowest = Duration.zero

    /// So many envelopes in one write must break off, and none be answered, until they are thought to be why.
    private static let tooManyBroken = 2
    /// So many connections that never answered what followed the end of a message must end there.
    private static let tooManyClosed = 3

    init(_ traits: SMTPRelayTraits = SMTPRelayTraits()) {
        self.traits = traits
        step = traits.pipelining == nil ? .alone : .settled
    }

    var level: SMTPPipelining {
        if let level = traits.pipelining { return level }
        return switch step {
        case .settled, .trying: .full
        default: .envelope
        }
    }

    /// Whether all is known and no observation but a failure matters.
    var isSettled: Bool { step == .settled }

    /// Asked when the end of a message is about to be sent; a trial belongs to the connection that asks first.
    mutating func permission(for connection: Int) -> Permission {
        switch step {
        case .settled: return level == .full ? .next : .nothing
        case .alone:
            guard hasSeenAlone else { return .nothing }
            step = .probing(connection: connection)
            return .probe
        case .proven:
            step = .trying(connection: connection)
            return .next
        case .trying(connection): return .next
        case .probing, .trying: return .nothing
        }
    }

    mutating func observe(_ observation: Observation, on connection: Int) {
        switch observation {
        case .alone(let time):
            hasSeenAlone = true
            slowest = max(slowest, time)
        case .proved(.probe):
            if step == .probing(connection: connection) { step = .proven }
        case .proved(.next):
            guard step == .trying(connection: connection) else { return }
            closedBehind = 0
            step = .settled
            traits.pipelining = .full
            traits.reason = nil
        case .proved(.nothing): break
        case .envelope: envelopeIsProven = true
        case .failed(let level, let reason): fail(level, reason)
        case .ended: release(connection)
        case .closedBehind:
            release(connection)
            closedBehind += 1
            if closedBehind >= Self.tooManyClosed {
                fail(.full, "it closes the connection when a command follows the end of a message")
            }
        case .brokenEnvelope:
            release(connection)
            guard !envelopeIsProven, traits.pipelining == nil else { return }
            brokenEnvelopes += 1
            if brokenEnvelopes >= Self.tooManyBroken {
                fail(.envelope, "it closes the connection when MAIL, RCPT and DATA come in one write")
            }
        }
    }

    private mutating func fail(_ level: SMTPPipelining, _ reason: String) {
        let left: SMTPPipelining = level == .full ? .envelope : .off
        guard left < traits.pipelining ?? .full else { return }
        step = .settled
        traits.pipelining = left
        traits.reason = reason
    }

    /// A trial whose connection is gone is another connection's.
    private mutating func release(_ connection: Int) {
        if step == .probing(connection: connection) { step = .alone }
        if step == .trying(connection: connection) { step = .proven }
    }
}
