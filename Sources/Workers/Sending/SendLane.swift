import Foundation
import Store
import Transport

/// One connection's work: compose a message, send it, have its reply recorded, before the next is taken.
struct SendLane {
    let installation: Installation
    let server: SMTPServer
    let driver: SMTPDriver
    let recorder: ResultRecorder
    let chance: @Sendable () -> Double
    private(set) var summary = SendSummary()
    private var connection: SMTPConnection?

    /// - Parameter driver: the thread that carries the connections of all lanes.
    init(
        installation: Installation, server: SMTPServer, driver: SMTPDriver, recorder: ResultRecorder,
        chance: @escaping @Sendable () -> Double
    ) {
        self.installation = installation
        self.server = server
        self.driver = driver
        self.recorder = recorder
        self.chance = chance
    }

    /// - Throws: `TransportError` when no connection can be opened, `StoreError`; the delivery is back in the ledger then.
    mutating func send(_ delivery: ClaimedDelivery, composedBy composer: MessageComposer) async throws {
        if let reason = composer.reasonToSkip(delivery, at: installation.clock.now) {
            return try await finish(delivery, as: .skipped, reply: reason, messageID: nil)
        }
        do {
            let message = try composer.compose(delivery, at: installation.clock.now)
            let outcome = try await transmit(message)
            try await record(outcome, of: delivery, messageID: composer.messageID(delivery))
        } catch let error as StoreError {
            throw error
        } catch {
            try await installation.database.ledger.release(
                [delivery.id], by: Claimant.current.description, at: installation.clock.now)
            throw error
        }
    }

    /// Sends over the connection that is open, or a new one. A kept connection that the server has closed meanwhile is
    /// no failure of the message: it is tried once more over a new one, unless the server may have taken it.
    private mutating func transmit(_ message: OutgoingMessage) async throws -> SendOutcome {
        if let kept = connection, kept.isOpen {
            let outcome = await kept.send(message)
            if case .failed = outcome {} else { return outcome }
        }
        await close()
        let fresh = try await SMTPConnection.open(server, driver: driver)
        connection = fresh
        return await fresh.send(message)
    }

    mutating func close() async {
        await connection?.close()
        connection = nil
    }

    private mutating func record(_ outcome: SendOutcome, of delivery: ClaimedDelivery, messageID: String) async throws {
        switch outcome {
        case .accepted(let reply):
            try await finish(delivery, as: .sent, reply: "\(reply)", messageID: messageID)
        case .deferred(let reply, _):
            try await later(delivery, reply: "\(reply)", messageID: messageID)
        case .refused(let reply, _):
            summary.problems["refused: \(reply)", default: 0] += 1
            try await finish(delivery, as: .failed, reply: "\(reply)", messageID: messageID)
        case .failed(let error), .lost(let error):
            try await later(delivery, reply: "\(error)", messageID: messageID)
        }
    }

    /// Tries again later, or gives up when the message would be out of date by then.
    private mutating func later(_ delivery: ClaimedDelivery, reply: String, messageID: String) async throws {
        let now = installation.clock.now
        let next = now.addingTimeInterval(RetryPolicy.delay(afterAttempt: delivery.attempt, chance: chance()))
        summary.problems["deferred: \(reply)", default: 0] += 1
        guard next < delivery.expiresAt else {
            return try await finish(delivery, as: .failed, reply: "given up after: \(reply)", messageID: messageID)
        }
        summary.deferred += 1
        try await recorder.add(
            DeliveryResult(
                id: delivery.id, state: .deferred, reply: reply, messageID: messageID, nextAttemptAt: next, at: now))
    }

    private mutating func finish(
        _ delivery: ClaimedDelivery, as state: DeliveryState, reply: String, messageID: String?
    ) async throws {
        switch state {
        case .sent: summary.sent += 1
        case .failed: summary.failed += 1
        default: summary.skipped += 1
        }
        try await recorder.add(
            DeliveryResult(
                id: delivery.id, state: state, reply: reply, messageID: messageID, at: installation.clock.now))
    }
}
