import Foundation
import Store
import Transport

/// Turns what a relay said of messages into what the ledger records, for all workers of a round.
actor ReplyHandler {
    /// A message that was handed to a relay.
    struct Sent: Sendable {
        let delivery: ClaimedDelivery
        let messageID: String
        let relay: Int
        /// Of the message, as it was sent.
        var bytes = 0
        /// Whether there is no smaller form of it.
        var isSmallest = true
        /// Whether its envelope needs a server that offers SMTPUTF8 (RFC 6531).
        let needsSMTPUTF8: Bool
    }

    let installation: Installation
    private let recorder: ResultRecorder
    private let chance: @Sendable () -> Double
    private(set) var summary = SendSummary()
    private var watches: [Int: RefusalWatch] = [:]
    private var held: [Int: [(sent: Sent, reply: String)]] = [:]
    /// Who refuses everybody; asked before and after each message.
    let breakers: Breakers
    /// Messages in a row that a relay has refused for now, each not for the first time.
    private var deferredInARow: [Int: Int] = [:]
    /// Domains whose mail a relay has taken in this round; two tell enough.
    private var domainsTaken: [Int: Set<String>] = [:]
    /// The relays, as operators are told of them.
    private let relays: [String]
    /// So many attempts were refused for now before it is worth telling.
    private static let longDeferred = 3

    init(
        _ installation: Installation, recorder: ResultRecorder, relays: [String] = [],
        chance: @escaping @Sendable () -> Double
    ) async throws {
        self.installation = installation
        self.recorder = recorder
        self.relays = relays
        self.chance = chance
        breakers = try await Breakers(installation, relays: relays)
    }

    private func name(_ relay: Int) -> String { relays.indices.contains(relay) ? relays[relay] : "" }

    /// Those that have refused everybody before are believed sooner.
    private func withWatch<Step>(_ relay: Int, _ change: (inout RefusalWatch) -> Step) async -> Step {
        var watch: RefusalWatch
        if let known = watches[relay] {
            watch = known
        } else {
            watch = RefusalWatch(isOpen: await breakers.isOpen(relay: name(relay)))
            // Another may have begun it meanwhile.
            watch = watches[relay] ?? watch
        }
        defer { watches[relay] = watch }
        return change(&watch)
    }

    /// - Returns: why the relay is to rest, where it refuses everyone.
    func take(_ outcome: SendOutcome, of sent: Sent) async throws -> RelayRefusal? {
        switch outcome {
        case .accepted(let reply):
            let step = await withWatch(sent.relay) { $0.accepted() }
            if deferredInARow[sent.relay] != nil { deferredInARow[sent.relay] = nil }
            if domainsTaken[sent.relay, default: []].count < 2 {
                domainsTaken[sent.relay, default: []].insert(sent.delivery.recipient.asciiDomain)
            }
            try await finish(sent.delivery, as: .sent, reply: "\(reply)", messageID: sent.messageID)
            if breakers.tookSize(sent.bytes, by: name(sent.relay)) {
                try await breakers.closeThoseOver(after: sent, by: name(sent.relay))
            }
            // After it: whose fault refusals are depends on what is known to be taken.
            if step == .settle { try await settle(sent.relay) }
            return nil
        case .deferred(let reply, let stage):
            try await later(sent, reply: "\(reply)")
            try await noteDeferral(sent, reply)
            // At RCPT it is greylisting, or that mailbox; before it, nobody's mail is wanted now.
            return stage == .mail ? try await relayFault(sent, "\(reply)") : nil
        case .refused(let reply, let stage): return try await refused(sent, reply, stage)
        case .failed(let error):
            try await later(sent, reply: "\(error)")
            return error.kind == .badInput ? nil : try await relayFault(sent, "\(error)", isRefusal: false)
        case .lost(let error):
            try await later(sent, reply: "\(error)")
            return nil
        }
    }

    private func refused(_ sent: Sent, _ reply: SMTPReply, _ stage: SendStage) async throws -> RelayRefusal? {
        if reply.saysNoSMTPUTF8, sent.needsSMTPUTF8 {
            try await breakers.noteNoSMTPUTF8(sent, "\(reply)", by: stage == .mail ? name(sent.relay) : nil)
            try await later(sent, reply: "\(reply)")
            return nil
        }
        if reply.saysTooLarge(stage) {
            try await breakers.noteTooLarge(sent, "\(reply)", by: name(sent.relay), isOfRelay: stage == .mail)
            try await later(sent, reply: "\(reply)")
            return nil
        }
        let cause = RefusalCause(reply, stage: stage)
        switch cause {
        case .relay:
            try await later(sent, reply: "\(reply)")
            return try await relayFault(sent, "\(reply)")
        case .policy:
            let step = await withWatch(sent.relay) { $0.refusedByPolicy() }
            if step == .open {
                held[sent.relay, default: []].append((sent, "\(reply)"))
                guard await isOfOneDomain(sent.relay) else { return try await open(sent.relay, "\(reply)", sent) }
                watches[sent.relay] = RefusalWatch()
                try await settle(sent.relay)
                return nil
            }
            if try await isOfAll(sent, .policy, "\(reply)") { return nil }
            held[sent.relay, default: []].append((sent, "\(reply)"))
        case .mailbox: try await fail(sent, "\(reply)", fault: .unknownMailbox)
        case .fullMailbox: try await fail(sent, "\(reply)", fault: .fullMailbox)
        case .message: try await fail(sent, "\(reply)", fault: .content)
        }
        return nil
    }

    /// Whether all that is held back of a relay is one domain's, while mail to others was taken in this round: then it is that
    /// domain that refuses everybody.
    private func isOfOneDomain(_ relay: Int) async -> Bool {
        let domains = Set((held[relay] ?? []).map(\.sent.delivery.recipient.asciiDomain))
        guard domains.count == 1, await !breakers.isOpen(relay: name(relay)) else { return false }
        return !domainsTaken[relay, default: []].isSubset(of: domains)
    }

    /// A mail to somebody who is known to refuse everybody waits with the others.
    private func isOfAll(_ sent: Sent, _ fault: DeliveryFault, _ reply: String) async throws -> Bool {
        guard try await breakers.refused(sent, fault, reply, by: name(sent.relay)) else { return false }
        try await later(sent, reply: reply)
        return true
    }

    /// What is refused for now again and again, one message like the other, is a relay's quota or the like.
    private func noteDeferral(_ sent: Sent, _ reply: SMTPReply) async throws {
        guard sent.delivery.attempt >= Self.longDeferred else { return }
        deferredInARow[sent.relay, default: 0] += 1
        let count = deferredInARow[sent.relay, default: 0]
        guard count == RefusalWatch.policyLimit else { return }
        try await breakers.note(.relay, name(sent.relay), .expired, "\(reply)", holds: false, readers: count)
    }

    /// - Parameter isRefusal: false where the relay was not reached, or broke off.
    private func relayFault(_ sent: Sent, _ reason: String, isRefusal: Bool = true) async throws -> RelayRefusal? {
        guard await withWatch(sent.relay, { $0.refusedByRelay() }) == .open else { return nil }
        return try await open(sent.relay, reason, sent, isRefusal: isRefusal)
    }

    /// What was held back waits for a better day of the relay's.
    private func open(_ relay: Int, _ reason: String, _ sent: Sent? = nil, isRefusal: Bool = true) async throws
        -> RelayRefusal
    {
        let waiting = held.removeValue(forKey: relay) ?? []
        for (sent, reply) in waiting { try await later(sent, reply: reply) }
        if isRefusal {
            try await breakers.note(
                .relay, name(relay), .policy, reason, holds: true, readers: max(1, waiting.count),
                isProbe: await breakers.isProbe(sent))
        }
        return RelayRefusal(description: "the mail server refuses everyone and rests: it said “\(reason)”")
    }

    private func settle(_ relay: Int) async throws {
        for (sent, reply) in held.removeValue(forKey: relay) ?? [] { try await fail(sent, reply, fault: .policy) }
    }

    /// A mail that may not go now, since its domain refuses everybody.
    func hold(_ delivery: ClaimedDelivery, until date: Date, _ reason: String) async throws {
        guard date < delivery.expiresAt else {
            return try await finish(delivery, as: .failed, reply: "given up after: \(reason)", messageID: nil)
        }
        summary.deferred += 1
        summary.problems["held: \(reason)", default: 0] += 1
        await recorder.add(
            DeliveryResult(
                id: delivery.id, state: .deferred, reply: "held: \(reason)", messageID: nil, nextAttemptAt: date,
                at: installation.clock.now))
    }

    /// The round is over: nothing is held back any longer.
    func close() async throws {
        for relay in watches.keys {
            switch watches[relay]?.ended() {
            case .settle: try await settle(relay)
            case .open: _ = try await open(relay, held[relay]?.last?.reply ?? "")
            default: break
            }
        }
    }

    /// Everything is recorded: what that has brought to light is told.
    func conclude() async throws { try await breakers.look() }

    func skip(_ delivery: ClaimedDelivery, _ reason: String) async throws {
        try await finish(delivery, as: .skipped, reply: reason, messageID: nil)
    }

    /// A message that cannot be made costs only itself.
    func unmade(_ delivery: ClaimedDelivery, _ error: any Error) async throws {
        summary.problems["not made: \(error)", default: 0] += 1
        try await finish(delivery, as: .failed, reply: "the message could not be made: \(error)", messageID: nil)
    }

    private func fail(_ sent: Sent, _ reply: String, fault: DeliveryFault) async throws {
        if try await isOfAll(sent, fault, reply) { return }
        breakers.mayHaveOpened()
        summary.problems["refused: \(reply)", default: 0] += 1
        try await finish(
            sent.delivery, as: .failed, reply: reply, messageID: sent.messageID, fault: fault, relay: name(sent.relay))
    }

    /// Tries again later, or gives up when the message would be out of date by then.
    private func later(_ sent: Sent, reply: String) async throws {
        let delivery = sent.delivery
        let now = installation.clock.now
        let next = now.addingTimeInterval(RetryPolicy.delay(afterAttempt: delivery.attempt, chance: chance()))
        summary.problems["deferred: \(reply)", default: 0] += 1
        guard next < delivery.expiresAt else {
            return try await finish(
                delivery, as: .failed, reply: "given up after: \(reply)", messageID: sent.messageID)
        }
        summary.deferred += 1
        await recorder.add(
            DeliveryResult(
                id: delivery.id, state: .deferred, reply: reply, messageID: sent.messageID, nextAttemptAt: next, at: now
            ))
    }

    private func finish(
        _ delivery: ClaimedDelivery, as state: DeliveryState, reply: String, messageID: String?,
        fault: DeliveryFault? = nil, relay: String = ""
    ) async throws {
        switch state {
        case .sent: summary.sent += 1
        case .failed: summary.failed += 1
        default: summary.skipped += 1
        }
        await recorder.add(
            DeliveryResult(
                id: delivery.id, state: state, reply: reply, messageID: messageID, at: installation.clock.now,
                fault: fault,
                addressHash: fault.map { _ in
                    installation.key.addressHash(delivery.subscriber.address.key)
                }, relay: relay))
    }
}
