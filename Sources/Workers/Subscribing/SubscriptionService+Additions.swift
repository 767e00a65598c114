import Foundation
import Site
import Store

/// What a reader is asked whether to get as well.
public struct Addition: Sendable {
    public let subscriber: Subscriber
    /// What was asked for.
    public let interests: Interests
    /// Which mail asks.
    let slot: String
}

extension SubscriptionService {
    /// The most filters that a reader may have.
    public static let mostFilters = 50
    /// The most authors that a reader may follow.
    public static let mostAuthors = 100

    /// What a link of purpose `confirm` adds to a reader's mails; nil for one that confirms a subscription.
    ///
    /// - Throws: `Token.Refusal`, also where the subscription has ended or the link's time is over.
    public func addition(token text: String) async throws -> Addition? {
        let token = try Token(text, purpose: .confirm, key: installation.key, now: now)
        guard let slot = token.detail else { return nil }
        let subscriber = try await owner(of: token)
        guard subscriber.state.isReader else { throw Token.Refusal.forged }
        guard let asked = try await store.addition(of: subscriber.id, slot: slot) else { throw Token.Refusal.expired }
        return Addition(subscriber: subscriber, interests: asked, slot: slot)
    }

    /// Adds it; doing it twice changes nothing.
    ///
    /// - Returns: false where there would be too many filters.
    public func add(_ addition: Addition, source: String) async throws -> Bool {
        try await store.add(
            additionOf: addition.subscriber.id, slot: addition.slot, epoch: addition.subscriber.tokenEpoch,
            mostFilters: Self.mostFilters, consent: consent("changed", source, addition.subscriber.address, at: now))
    }
}
