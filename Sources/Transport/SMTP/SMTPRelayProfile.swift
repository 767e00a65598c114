import Synchronization

/// What is known of one relay, shared by all connections to it: how far ahead commands may be sent, and how many messages it
/// takes of a connection.
public final class SMTPRelayProfile: Sendable {
    /// What the relay names itself, see ``SMTPRelayIdentity``.
    public let identity: String
    let patience: SMTPPatience
    private let fixed: SMTPPipelining?
    private let learner: Mutex<SMTPPipeliningLearner>
    private let limit: Atomic<Int>
    private let suspectedLimit = Atomic(0)
    private let nextConnection = Atomic(1)
    /// Read at each message: a lock would be one for all connections.
    private let settled: Atomic<Bool>
    private let level: Atomic<Int>
    private let onChange: @Sendable (SMTPRelayProfile) -> Void

    /// - Parameters:
    ///   - fixed: how far commands go ahead whatever the relay does; nil to learn it.
    ///   - traits: what was learnt before.
    ///   - onChange: told when there is more to be stored.
    public init(
        identity: String = "", fixed: SMTPPipelining? = nil, traits: SMTPRelayTraits = SMTPRelayTraits(),
        patience: SMTPPatience = SMTPPatience(), onChange: @escaping @Sendable (SMTPRelayProfile) -> Void = { _ in }
    ) {
        self.identity = identity
        self.fixed = fixed
        self.patience = patience
        self.onChange = onChange
        let learner = SMTPPipeliningLearner(traits)
        settled = Atomic(fixed != nil || learner.isSettled)
        level = Atomic(Self.number(fixed ?? learner.level))
        limit = Atomic(traits.messagesPerConnection ?? 0)
        self.learner = Mutex(learner)
    }

    /// What has been learnt so far.
    public var traits: SMTPRelayTraits {
        var traits = learner.withLock { $0.traits }
        traits.messagesPerConnection = messagesPerConnection
        return traits
    }

    /// How many messages the relay takes of one connection; nil where it has named no limit.
    public var messagesPerConnection: Int? {
        let limit = limit.load(ordering: .relaxed)
        return limit > 0 ? limit : nil
    }

    /// The relay says that a connection is used up after so many messages. Whether it means the connection shows when another
    /// is opened.
    func saysUsedUp(after messages: Int) { suspectedLimit.store(messages, ordering: .relaxed) }

    /// The relay took the first message of a connection: what it said of an earlier one meant that connection.
    func tookFirst() {
        let messages = suspectedLimit.exchange(0, ordering: .relaxed)
        guard messages > 0, limit.exchange(messages, ordering: .relaxed) != messages else { return }
        onChange(self)
    }

    /// The relay said of a new connection that it was used up: it means the message, or all connections.
    func refusedFirst() { suspectedLimit.store(0, ordering: .relaxed) }

    /// Whether MAIL, RCPT and DATA in one write were all answered once.
    var envelopeIsProven: Bool { learner.withLock { $0.envelopeIsProven } }

    /// How far commands go ahead now.
    public var pipelining: SMTPPipelining { SMTPPipelining.allCases[level.load(ordering: .relaxed)] }

    func connect() -> Int { nextConnection.add(1, ordering: .relaxed).oldValue }

    /// What may follow the end of a message that is about to be sent.
    func permission(for connection: Int) -> SMTPPipeliningLearner.Permission {
        if settled.load(ordering: .relaxed) { return pipelining == .full ? .next : .nothing }
        return learner.withLock { $0.permission(for: connection) }
    }

    func observe(_ observation: SMTPPipeliningLearner.Observation, on connection: Int) {
        if fixed != nil { return }
        if settled.load(ordering: .relaxed), !observation.isFailure { return }
        let hasChanged = learner.withLock { learner in
            let before = learner.traits
            learner.observe(observation, on: connection)
            settled.store(learner.isSettled, ordering: .relaxed)
            level.store(Self.number(learner.level), ordering: .relaxed)
            return learner.traits != before
        }
        if hasChanged { onChange(self) }
    }

    /// Whether what is observed can change anything.
    var learns: Bool { fixed == nil }

    /// How long is too long, by what the relay needs with nothing sent ahead.
    func bound(_ floor: Duration) -> Duration { max(floor, learner.withLock { $0.slowest } * 10) }

    private static func number(_ level: SMTPPipelining) -> Int { SMTPPipelining.allCases.firstIndex(of: level) ?? 0 }
}

extension SMTPPipeliningLearner.Observation {
    fileprivate var isFailure: Bool {
        switch self {
        case .failed, .brokenEnvelope, .closedBehind: true
        default: false
        }
    }
}

/// What is known of the servers behind one address, by what they name themselves: one that was replaced or upgraded is met
/// anew, and so is another behind the same balancer.
public final class SMTPRelayKnowledge: Sendable {
    private let fixed: SMTPPipelining?
    private let patience: SMTPPatience
    private let onChange: @Sendable (SMTPRelayProfile) -> Void
    private let profiles: Mutex<[String: SMTPRelayProfile]>

    /// A server that names itself anew each time is not met anew each time.
    private static let most = 4

    /// - Parameters:
    ///   - fixed: how far commands go ahead whatever the relay does; nil to learn it.
    ///   - known: what was learnt before, by identity.
    public init(
        fixed: SMTPPipelining? = nil, known: [String: SMTPRelayTraits] = [:], patience: SMTPPatience = SMTPPatience(),
        onChange: @escaping @Sendable (SMTPRelayProfile) -> Void = { _ in }
    ) {
        self.fixed = fixed
        self.patience = patience
        self.onChange = onChange
        profiles = Mutex([:])
        add(known)
    }

    /// Adds what was learnt before by another process; what this one has learnt itself stays.
    public func add(_ known: [String: SMTPRelayTraits]) {
        profiles.withLock { profiles in
            for (identity, traits) in known where profiles[identity] == nil {
                profiles[identity] = profile(identity, traits)
            }
        }
    }

    /// Lets a server that names itself so be met anew by the next connection.
    public func forget(_ identity: String) { profiles.withLock { $0[identity] = nil } }

    /// What is known of a server that names itself so.
    public func profile(of identity: String) -> SMTPRelayProfile {
        profiles.withLock { profiles in
            if let profile = profiles[identity] { return profile }
            var traits = SMTPRelayTraits()
            let known = profiles.values.map(\.traits)
            if profiles.count >= Self.most, let worst = known.filter(\.waits).min(by: { $0.level < $1.level }) {
                traits.pipelining = worst.pipelining
                traits.reason = worst.reason
            }
            let profile = profile(identity, traits)
            profiles[identity] = profile
            return profile
        }
    }

    private func profile(_ identity: String, _ traits: SMTPRelayTraits) -> SMTPRelayProfile {
        SMTPRelayProfile(identity: identity, fixed: fixed, traits: traits, patience: patience, onChange: onChange)
    }
}

extension SMTPRelayTraits {
    fileprivate var level: SMTPPipelining { pipelining ?? .full }
}
