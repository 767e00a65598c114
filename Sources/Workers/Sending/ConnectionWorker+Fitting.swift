import Store
import Transport

/// A message is made to what the relay at hand takes, which is known once it is connected.
extension ConnectionWorker {
    /// A message with its id and what it is of.
    struct Made: Sendable {
        let next: DeliveryQueue.Next
        let message: OutgoingMessage
        let id: String
        /// Whether it was shrunk as far as it goes.
        var isSmallest = false

        var needsSMTPUTF8: Bool { !message.recipient.isPlain || !message.sender.isPlain }
    }

    /// A digest in a form that a relay takes, by what its EHLO says and what was learnt.
    func fitted(_ made: Made, to capabilities: SMTPCapabilities, relay: Int) throws -> Made {
        let offered = capabilities.size.flatMap { $0 > 0 ? $0 : nil } ?? .max
        let learnt = replies.breakers.size(relay: relay, domain: made.next.delivery.recipient.asciiDomain) ?? .max
        let limit = min(offered, learnt)
        guard made.message.count > limit, MessageComposer.shrinks(made.next.delivery)
        else { return made }
        let smaller = try made.next.composer.compose(made.next.delivery, id: made.id, at: clock.now, within: limit)
        return Made(
            next: made.next, message: smaller, id: made.id, isSmallest: smaller.count > limit)
    }

    /// Sends one message over another relay than some, over a connection of its own: for the few that not every relay takes.
    ///
    /// - Returns: nil where no other relay takes such messages.
    func detour(_ made: Made, past lacking: Int, _ driver: SMTPDriver) async -> (SendOutcome, relay: Int)? {
        var tried: Set<Int> = [lacking]
        while let lease = try? pool.lease(except: tried) {
            tried.insert(lease.index)
            do {
                let connection = try await SMTPConnection.open(lease.server, driver: driver)
                var outcome: SendOutcome?
                if connection.capabilities.smtpUTF8 {
                    let fitting = (try? fitted(made, to: connection.capabilities, relay: lease.index)) ?? made
                    outcome = await connection.send(fitting.message)
                }
                await connection.close()
                pool.giveBack(lease)
                if let outcome { return (outcome, lease.index) }
            } catch {
                pool.notOpened(lease, error)
            }
        }
        return nil
    }
}

extension String {
    /// Whether it is all ASCII.
    fileprivate var isPlain: Bool { utf8.allSatisfy { $0 < 0x80 } }
}
