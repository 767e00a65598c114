import Foundation
import Store
import Synchronization

/// Who refuses everybody, as one round of sending knows and finds it: holds their mails back but for one probe at a time,
/// learns the sizes they take, and tells the operator.
actor Breakers {
    /// What may be done with a mail now.
    enum Admission: Sendable {
        case go
        /// It shows whether somebody still refuses everybody: ``Breakers/done(_:)`` is to be called after it.
        case probe
        case hold(until: Date, reason: String)
    }

    private let installation: Installation
    private let relays: [String]
    private var open: [Breaker] = []
    /// What is under way to show whether one is over, by delivery.
    private var probes: [Int64: Breaker] = [:]
    /// Mails that wait for a probe of all relays.
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// How many more mails look whether something has opened.
    private var looksLeft = 0
    /// Domains of mails that were refused for their size.
    private var tooLargeAt: Set<String> = []

    /// Whether there is anything to ask the actor for: mostly there is not, and each message asks.
    private let isWatchful = Atomic(false)
    private let sizes: Mutex<[String: Int]>
    private let largestTaken = Mutex<[String: Int]>([:])

    /// A refusal is recorded some messages after it was made.
    private static let lookAhead = 64
    private static let lookEvery = 8
    /// While a probe is under way, the other mails of the domain wait so long.
    private static let probing: TimeInterval = 60
    /// The smallest size that is worth learning: no mail of ours is smaller.
    private static let smallestLimit = 4000
    /// An alarm of these kinds ends with a mail that is taken so long after the last refusal.
    private static let quiet: TimeInterval = 600

    init(_ installation: Installation, relays: [String]) async throws {
        self.installation = installation
        self.relays = relays
        let sizes = try await installation.database.breakers.sizes(at: installation.clock.now)
        self.sizes = Mutex(sizes)
        try await look()
    }

    private var now: Date { installation.clock.now }
    private var store: BreakerStore { installation.database.breakers }

    /// Reads who is known to refuse everybody, and tells of those who are new and those who are over.
    func look() async throws {
        let (open, closed) = try await store.current(at: now)
        self.open = open
        for breaker in closed { tellEnd(of: breaker) }
        try await BreakerWords.tellNews(installation)
        updateWatch()
    }

    private func updateWatch() { isWatchful.store(!open.isEmpty || looksLeft > 0, ordering: .relaxed) }

    /// A refusal was recorded that may show that somebody refuses everybody.
    nonisolated func mayHaveOpened() {
        isWatchful.store(true, ordering: .relaxed)
        Task { await self.lookAhead() }
    }

    private func lookAhead() {
        looksLeft = Self.lookAhead
        updateWatch()
    }

    // MARK: - Before a mail

    /// Whether a mail may go now.
    ///
    /// - Throws: ``RelayRefusal`` where no relay is to be tried, `StoreError`.
    nonisolated func admit(_ delivery: ClaimedDelivery) async throws -> Admission {
        // Nothing is known of anybody, as nearly always.
        guard isWatchful.load(ordering: .relaxed) else { return .go }
        return try await admission(of: delivery)
    }

    private func admission(of delivery: ClaimedDelivery) async throws -> Admission {
        if looksLeft > 0 {
            looksLeft -= 1
            if looksLeft % Self.lookEvery == 0 { try await look() }
        }
        while let breaker = ofRelays(delivery) {
            if probes.values.contains(where: breaker.isSame) {
                await withCheckedContinuation { waiting.append($0) }
                continue
            }
            guard now >= breaker.probeAt else {
                throw RelayRefusal(
                    description: "the mail server refuses everyone and rests: it said “\(breaker.said)”",
                    until: breaker.probeAt)
            }
            probes[delivery.id] = breaker
            return .probe
        }
        let domain = delivery.recipient.asciiDomain
        guard let breaker = open.first(where: { $0.scope == .domain && $0.name == domain && $0.stops(delivery) }) else {
            return .go
        }
        let isProbed = probes.values.contains(where: breaker.isSame)
        guard !isProbed, now >= breaker.probeAt else {
            return .hold(
                until: max(breaker.probeAt, now.addingTimeInterval(Self.probing)),
                reason: "\(breaker.name) refuses all mail: \(breaker.said)")
        }
        probes[delivery.id] = breaker
        return .probe
    }

    /// One that stops a mail at every relay there is.
    private func ofRelays(_ delivery: ClaimedDelivery) -> Breaker? {
        let stopping = open.filter { $0.scope == .relay && $0.stops(delivery) }
        let names = Set(stopping.flatMap { $0.name.split(separator: " ").map(String.init) })
        guard !stopping.isEmpty, names.isSuperset(of: relays) else { return nil }
        return stopping.min { $0.probeAt < $1.probeAt }
    }

    /// A probe is dealt with, whatever came of it.
    func done(_ delivery: Int64) {
        probes[delivery] = nil
        let waiting = waiting
        self.waiting = []
        for one in waiting { one.resume() }
    }

    func isProbe(_ sent: ReplyHandler.Sent?) -> Bool { sent.map { probes[$0.delivery.id] != nil } ?? false }

    func isOpen(relay: String) -> Bool {
        open.contains { $0.scope == .relay && $0.kind == .policy && $0.holds && !$0.isByMail && $0.name == relay }
    }

    /// The most bytes that a relay and a domain are known to take, as was learnt from them; nil where nothing was.
    nonisolated func size(relay: Int, domain: String) -> Int? {
        sizes.withLock { sizes in
            if sizes.isEmpty { return nil }
            let names = ["relay \(relays.indices.contains(relay) ? relays[relay] : "")", "domain \(domain)"]
            return names.compactMap { sizes[$0] }.min()
        }
    }

    // MARK: - After a mail

    /// Notes how large a mail a relay took.
    ///
    /// - Returns: whether ``closeThoseOver(after:by:)`` is worth waiting for.
    nonisolated func tookSize(_ bytes: Int, by relay: String) -> Bool {
        largestTaken.withLock { largest in
            if bytes > largest[relay, default: 0] { largest[relay] = bytes }
        }
        return isWatchful.load(ordering: .relaxed)
    }

    /// A relay took a mail: who refused everybody before, and does not by that, is told to be over.
    func closeThoseOver(after sent: ReplyHandler.Sent, by relay: String) async throws {
        guard !open.isEmpty else { return }
        let probe = probes[sent.delivery.id]
        let over = open.filter { breaker in
            if let probe, breaker.isSame(as: probe) { return true }
            guard breaker.scope == .relay, breaker.name == relay, !breaker.isByMail else { return false }
            switch breaker.kind {
            case .policy, .content, .unknownMailbox, .fullMailbox, .undeliverable:
                return breaker.holds && breaker.stops(sent.delivery)
            case .size: return MessageComposer.shrinks(sent.delivery) && isQuiet(breaker)
            case .internationalised: return sent.needsSMTPUTF8
            case .expired: return isQuiet(breaker)
            }
        }
        for breaker in over {
            try await store.probed(breaker, at: now)
            if !breaker.isByMail { tellEnd(of: breaker) }
        }
        if !over.isEmpty { try await look() }
    }

    private func isQuiet(_ breaker: Breaker) -> Bool { now.timeIntervalSince(breaker.refusedAt) >= Self.quiet }

    /// - Returns: whether it is known that everybody is refused like this.
    func refused(_ sent: ReplyHandler.Sent, _ fault: DeliveryFault, _ reply: String, by relay: String) async throws
        -> Bool
    {
        let domain = sent.delivery.recipient.asciiDomain
        let words = BlanketRefusal.words(of: reply)
        let known = open.first { breaker in
            guard breaker.kind.rawValue == fault.rawValue else { return false }
            switch breaker.scope {
            // What only alarms is for the ledger to judge.
            case .relay: return breaker.holds && breaker.name == relay
            case .domain: return breaker.name == domain
            case .provider: return breaker.name == words
            }
        }
        guard let known else { return false }
        try await note(
            known.scope, known.name, known.kind, reply, holds: known.holds, readers: known.readers,
            isProbe: probes[sent.delivery.id].map(known.isSame) ?? false)
        return true
    }

    func note(
        _ scope: BlanketRefusal.Scope, _ name: String, _ kind: Breaker.Kind, _ said: String, holds: Bool, readers: Int,
        isProbe: Bool = false
    ) async throws {
        try await store.note(
            scope, name, kind, said: said, holds: holds, readers: readers, isProbe: isProbe, at: now)
        try await look()
    }

    /// - Parameter relay: what cannot take the address; nil where it is the receiver.
    func noteNoSMTPUTF8(_ sent: ReplyHandler.Sent, _ reply: String, by relay: String?) async throws {
        try await note(
            relay == nil ? .domain : .relay, relay ?? sent.delivery.recipient.asciiDomain, .internationalised, reply,
            holds: false, readers: 1)
    }

    /// Learns from a message that was too large what size is taken: half of it, or less where that was too much as well.
    ///
    /// - Parameter isOfRelay: whether it was refused before the receiver was named.
    func noteTooLarge(_ sent: ReplyHandler.Sent, _ reply: String, by relay: String, isOfRelay: Bool) async throws {
        let domain = sent.delivery.recipient.asciiDomain
        tooLargeAt.insert(domain)
        // Several domains at once, and nothing as large was ever taken.
        let isRelays =
            isOfRelay
            || tooLargeAt.count >= BlanketRefusal.fewest && largestTaken.withLock { $0[relay, default: 0] } < sent.bytes
        guard !sent.isSmallest else {
            return try await note(
                isRelays ? .relay : .domain, isRelays ? relay : domain, .size, reply, holds: false, readers: 1)
        }
        let party = isRelays ? "relay \(relay)" : "domain \(domain)"
        let limit = max(Self.smallestLimit, sent.bytes / 2)
        guard sizes.withLock({ $0[party] }).map({ $0 > limit }) ?? true else { return }
        sizes.withLock { $0[party] = limit }
        try await store.learn(party, atMost: limit, at: now)
        installation.logger.warning("\(party) refuses mails of \(sent.bytes) bytes: digests shrink to \(limit)")
    }

    private func tellEnd(of breaker: Breaker) { installation.logger.notice("\(BreakerWords(breaker).end)") }
}

extension Breaker {
    /// Whether a mail of this kind waits for it. What refuses the content of digests takes other mails.
    fileprivate func stops(_ delivery: ClaimedDelivery) -> Bool {
        holds && (kind != .content || delivery.kind == .digest)
    }
}
