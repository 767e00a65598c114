import Store
import Transport

/// One connection's work. Several messages are under way at once: while one's end waits for the receiver, the next is
/// composed, signed and handed over, so that the connection never idles.
struct ConnectionWorker: Sendable {
    let queue: DeliveryQueue
    let link: PooledConnection
    let replies: ReplyHandler
    let pool: RelayPool
    let clock: SiteClock
    let driver: SMTPDriver

    /// One under way, one following it, and two that are composed meanwhile: with one, the connection idles now and then.
    private static let depth = 4
    /// A message that is known not to have left is handed to another connection so often.
    private static let tries = 5

    /// Sends until nothing is due, or `goesOn` says no.
    ///
    /// - Throws: `TransportError` or ``RelayRefusal`` when no relay takes mail, `StoreError`; what was not sent is back in
    ///   the ledger then.
    func run(while goesOn: @escaping @Sendable () -> Bool) async throws {
        let failure = await withTaskGroup(of: (any Error)?.self) { group in
            for _ in 0..<Self.depth {
                group.addTask {
                    do {
                        while goesOn(), let next = try await queue.next() {
                            try await send(next)
                        }
                        return nil
                    } catch is NoConnectionLeft {
                        return nil
                    } catch {
                        await queue.stop()
                        return error
                    }
                }
            }
            var failure: (any Error)?
            for await error in group { failure = failure ?? error }
            return failure
        }
        await link.close()
        if let failure { throw failure }
    }

    private func send(_ next: DeliveryQueue.Next) async throws {
        let delivery = next.delivery
        var isProbe = false
        do {
            if let reason = next.composer.reasonToSkip(delivery, at: clock.now) {
                try await replies.skip(delivery, reason)
            } else {
                switch try await replies.breakers.admit(delivery) {
                case .hold(let date, let reason): try await replies.hold(delivery, until: date, reason)
                case .go: try await transmit(next)
                case .probe:
                    isProbe = true
                    try await transmit(next)
                }
            }
        } catch let error as StoreError {
            if isProbe { await replies.breakers.done(delivery.id) }
            await queue.returned(delivery)
            throw error
        } catch {
            if isProbe { await replies.breakers.done(delivery.id) }
            await queue.giveBack(delivery)
            throw error
        }
        if isProbe { await replies.breakers.done(delivery.id) }
        await queue.returned(delivery)
    }

    private func transmit(_ next: DeliveryQueue.Next) async throws {
        guard let made = try await composed(next) else { return }
        let (outcome, sent) = try await transmit(made)
        if let refusal = try await replies.take(outcome, of: sent) { pool.failed(sent.relay, refusal) }
        if outcome.isAccepted { pool.worked(sent.relay) }
    }

    private func composed(_ next: DeliveryQueue.Next) async throws -> Made? {
        let id = next.composer.messageID(next.delivery)
        do {
            return Made(
                next: next, message: try next.composer.compose(next.delivery, id: id, at: clock.now), id: id)
        } catch {
            try await replies.unmade(next.delivery, error)
            return nil
        }
    }

    /// A connection that the server has closed meanwhile is no failure of the message: it goes over another, unless the
    /// server may have taken it.
    private func transmit(_ made: Made) async throws -> (SendOutcome, ReplyHandler.Sent) {
        var tries = 0
        while true {
            let use = try await link.use()
            let fitting: Made
            do {
                fitting = try fitted(made, to: use.connection.capabilities, relay: use.relay)
            } catch {
                use.connection.forgo()
                throw error
            }
            if !use.connection.capabilities.smtpUTF8, fitting.needsSMTPUTF8,
                let (outcome, relay) = await detour(made, past: use.relay, driver)
            {
                use.connection.forgo()
                return (outcome, sent(fitting, relay))
            }
            let outcome = await use.connection.send(fitting.message)
            guard case .failed(let error) = outcome, error.kind != .badInput else {
                return (outcome, sent(fitting, use.relay))
            }
            // A connection is used up by the messages that it took: each such failure follows a success of others, and however
            // many there are, they end.
            if error.kind != .connectionUsedUp { tries += 1 }
            if tries >= Self.tries { return (outcome, sent(fitting, use.relay)) }
        }
    }

    private func sent(_ made: Made, _ relay: Int) -> ReplyHandler.Sent {
        ReplyHandler.Sent(
            delivery: made.next.delivery, messageID: made.id, relay: relay, bytes: made.message.count,
            isSmallest: made.isSmallest || !MessageComposer.shrinks(made.next.delivery),
            needsSMTPUTF8: made.needsSMTPUTF8)
    }
}
