import Foundation
import Mail
import Store

extension SubscriptionService {
    /// Mails nobody at an address, whoever subscribes it; a subscription there ends.
    ///
    /// - Returns: false where it is suppressed already.
    public func suppress(_ address: Address, reason: String, source: String) async throws -> Bool {
        let isNew = try await installation.database.suppressions.add(
            addressHash: hash(address), reason: reason, at: installation.clock.now)
        if let subscriber = try await installation.database.subscribers.subscriber(address: address) {
            _ = try await leave(subscriber, saysGoodbye: false, source: source)
        }
        return isNew
    }

    /// Why an address must not be mailed; nil where it may.
    public func suppression(of address: Address) async throws -> String? {
        try await installation.database.suppressions.reason(addressHash: hash(address))
    }

    /// Lets an address be mailed again. Its bounces are forgiven; a subscription that ended by them is paused, so that the
    /// operator can resume it, and one that ended by a complaint can be begun anew by its owner.
    ///
    /// - Returns: the state of the subscription, nil where there is none.
    /// - Throws: ``ServiceRefusal`` where the address is not suppressed.
    public func release(_ address: Address, source: String) async throws -> SubscriberState? {
        guard try await installation.database.suppressions.remove(addressHash: hash(address)) else {
            throw ServiceRefusal(description: "\(address) is not suppressed")
        }
        guard let subscriber = try await installation.database.subscribers.subscriber(address: address) else {
            return nil
        }
        try await installation.database.bounces.forgive(subscriber.id)
        let consent = consent("released", source, address, at: installation.clock.now)
        switch subscriber.state {
        case .bounced:
            return try await store.move(id: subscriber.id, from: [.bounced], to: .paused, consent: consent)?.state
        case .complained:
            return try await store.move(id: subscriber.id, from: [.complained], to: .unsubscribed, consent: consent)?
                .state
        default: return subscriber.state
        }
    }

    /// Forgets that an address must not be mailed, where nothing else is known of it.
    ///
    /// - Returns: whether it was suppressed.
    public func forgetSuppression(of address: Address) async throws -> Bool {
        try await installation.database.suppressions.remove(addressHash: hash(address))
    }

    /// The addresses that are known of those that are suppressed, by hash.
    public func suppressedAddresses() async throws -> [String: Address] {
        var known: [String: Address] = [:]
        for state in [SubscriberState.bounced, .complained, .unsubscribed] {
            var last: Int64 = 0
            while case let page = try await store.list(state: state, after: last), let end = page.last {
                last = end.id
                for subscriber in page { known[hash(subscriber.address)] = subscriber.address }
            }
        }
        return known
    }
}
