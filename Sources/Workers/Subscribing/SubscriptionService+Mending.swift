import Foundation
import Mail
import Store

/// What an operator mends by hand. Each step is a line of the consent log.
extension SubscriptionService {
    /// The most characters of a reason.
    public static let mostOperatorWords = 200

    /// Mails somebody again whose mail had ended by bounces or who had left, because the operator knows that they want it.
    ///
    /// Who complained is not mailed again on anybody else's word: their address is released, and they can subscribe anew.
    ///
    /// - Parameters:
    ///   - reason: how the operator knows; stands in the consent log.
    ///   - source: who it is.
    /// - Throws: ``ServiceRefusal`` without a reason, and where there is nothing to mend.
    public func reactivate(_ subscriber: Subscriber, reason: String, source: String) async throws -> Subscriber {
        let reason = HeaderText.cleaned(String(reason.prefix(Self.mostOperatorWords)))
            .trimmingCharacters(in: .whitespaces)
        guard !reason.isEmpty else { throw ServiceRefusal(description: "say how you know that they want mail") }
        let now = now
        let source = "\(source): \(reason)"
        if subscriber.state == .complained {
            _ = try await release(subscriber.address, source: source)
            guard let released = try await store.subscriber(id: subscriber.id) else { throw Self.isGone }
            return released
        }
        let active = try await store.reactivate(
            id: subscriber.id, from: [.bounced, .unsubscribed, .pending], lastSeq: try await startSeq(now),
            consent: consent("reactivated", source, subscriber.address, at: now))
        guard let active else {
            throw ServiceRefusal(
                description: "\(subscriber.address) is \(subscriber.state.rawValue); there is nothing to reactivate")
        }
        return active
    }

    /// Has a mail that was refused tried again at once, and for a day.
    ///
    /// - Throws: ``ServiceRefusal`` where it was not refused, and where its reader gets no such mail now.
    public func retry(_ deliveryID: Int64, source: String) async throws -> Subscriber {
        guard let (delivery, subscriber) = try await installation.database.bounces.origin(of: deliveryID) else {
            throw Self.isGone
        }
        let isForActive = delivery.kind == .digest || delivery.kind == .welcome
        guard subscriber.state == .active || !isForActive else {
            throw ServiceRefusal(
                description:
                    "\(subscriber.address) is \(subscriber.state.rawValue) and gets no \(delivery.kind.rawValue)")
        }
        let now = now
        let isTaken = try await installation.database.ledger.retry(
            deliveryID, until: now.addingTimeInterval(86_400),
            consent: consent(
                "retried", "\(source): \(delivery.kind.rawValue) \(delivery.slot)", subscriber.address, at: now))
        guard isTaken else {
            throw ServiceRefusal(
                description: "this mail is \(delivery.state.rawValue); only refused ones can be retried")
        }
        return subscriber
    }

    /// Notes in the consent log that an operator saw what only the reader sees otherwise.
    public func note(_ event: String, about subscriber: Subscriber, source: String) async throws {
        try await store.note(consent(event, source, subscriber.address, at: now))
    }

    private static var isGone: ServiceRefusal { ServiceRefusal(description: "it is gone; the reader was removed") }
}
