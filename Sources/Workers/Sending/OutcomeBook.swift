import Foundation
import Store
import Transport

/// Turns what a relay said of messages into what the ledger records, for all lanes of a round.
actor OutcomeBook {
    /// A message that was handed to a relay.
    struct Sent: Sendable {
        let delivery: ClaimedDelivery
        let messageID: String
        let relay: Int
    }

    private let installation: Installation
    private let recorder: ResultRecorder
    private let chance: @Sendable () -> Double
    private(set) var summary = SendSummary()
    private var watches: [Int: RefusalWatch] = [:]
    private var held: [Int: [(sent: Sent, reply: String)]] = [:]

    init(_ installation: Installation, recorder: ResultRecorder, chance: @escaping @Sendable () -> Double) {
        self.installation = installation
        self.recorder = recorder
        self.chance = chance
    }

    /// - Returns: why the relay is to rest, where it refuses everyone.
    func take(_ outcome: SendOutcome, of sent: Sent) async throws -> RelayRefusal? {
        switch outcome {
        case .accepted(let reply):
            let step = watches[sent.relay, default: RefusalWatch()].accepted()
            if step == .settle { try await settle(sent.relay) }
            try await finish(sent.delivery, as: .sent, reply: "\(reply)", messageID: sent.messageID)
            return nil
        case .deferred(let reply, let stage):
            try await later(sent, reply: "\(reply)")
            // At RCPT it is greylisting, or that mailbox; before it, nobody's mail is wanted now.
            return stage == .mail ? try await relayFault(sent.relay, "\(reply)") : nil
        case .refused(let reply, let stage): return try await refused(sent, reply, stage)
        case .failed(let error):
            try await later(sent, reply: "\(error)")
            return error.kind == .badInput ? nil : try await relayFault(sent.relay, "\(error)")
        case .lost(let error):
            try await later(sent, reply: "\(error)")
            return nil
        }
    }

    private func refused(_ sent: Sent, _ reply: SMTPReply, _ stage: SendStage) async throws -> RelayRefusal? {
        switch Blame(reply, stage: stage) {
        case .relay:
            try await later(sent, reply: "\(reply)")
            return try await relayFault(sent.relay, "\(reply)")
        case .policy:
            held[sent.relay, default: []].append((sent, "\(reply)"))
            guard watches[sent.relay, default: RefusalWatch()].refusedByPolicy() == .open else { return nil }
            return try await open(sent.relay, "\(reply)")
        case .mailbox: try await fail(sent, "\(reply)", fault: .unknownMailbox)
        case .fullMailbox: try await fail(sent, "\(reply)", fault: .fullMailbox)
        case .message: try await fail(sent, "\(reply)", fault: .content)
        }
        return nil
    }

    private func relayFault(_ relay: Int, _ reason: String) async throws -> RelayRefusal? {
        guard watches[relay, default: RefusalWatch()].refusedByRelay() == .open else { return nil }
        return try await open(relay, reason)
    }

    /// What was held back waits for a better day of the relay's.
    private func open(_ relay: Int, _ reason: String) async throws -> RelayRefusal {
        for (sent, reply) in held.removeValue(forKey: relay) ?? [] { try await later(sent, reply: reply) }
        return RelayRefusal(description: "the mail server refuses everyone and rests: it said “\(reason)”")
    }

    private func settle(_ relay: Int) async throws {
        for (sent, reply) in held.removeValue(forKey: relay) ?? [] { try await fail(sent, reply, fault: .policy) }
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

    func skip(_ delivery: ClaimedDelivery, _ reason: String) async throws {
        try await finish(delivery, as: .skipped, reply: reason, messageID: nil)
    }

    /// A message that cannot be made costs only itself.
    func unmade(_ delivery: ClaimedDelivery, _ error: any Error) async throws {
        summary.problems["not made: \(error)", default: 0] += 1
        try await finish(delivery, as: .failed, reply: "the message could not be made: \(error)", messageID: nil)
    }

    private func fail(_ sent: Sent, _ reply: String, fault: DeliveryFault) async throws {
        summary.problems["refused: \(reply)", default: 0] += 1
        try await finish(sent.delivery, as: .failed, reply: reply, messageID: sent.messageID, fault: fault)
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
        fault: DeliveryFault? = nil
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
                }))
    }
}
