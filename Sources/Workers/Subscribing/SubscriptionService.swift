import Core
import Foundation
import Mail
import Papers
import Site
import Store

/// A person's way through the service: typed in, confirmed, changed, gone. Pages and commands both come here.
public struct SubscriptionService: Sendable {
    let installation: Installation
    var store: SubscriberStore { installation.database.subscribers }
    var now: Date { installation.clock.now }

    public init(_ installation: Installation) { self.installation = installation }

    /// Takes an address that was typed into the box. What follows, a mail to confirm, a reminder of the links, the question
    /// whether to add what was asked for, or nothing, is seen by the address's owner only. The answer and what it answers are
    /// stored in one transaction.
    ///
    /// Nothing a stranger typed changes a subscription that is confirmed. At most one such mail an hour and three a day go to
    /// an address, whoever asks for it.
    ///
    /// - Parameter language: of the page; nil for the installation's.
    /// - Throws: `StoreError`; then nothing was stored.
    public func subscribe(
        _ address: Address, interests: Interests, language: Language? = nil, source: String
    ) async throws {
        let now = now
        try await store.signUp(
            newSubscriber(address, state: .pending, interests: interests, lastSeq: 0, language: language),
            policy: SignupPolicy(
                allowances: [MailAllowance(1, per: 3600), MailAllowance(3, per: 86_400)],
                expiresAt: now.addingTimeInterval(Links.confirmLifetime / 2)),
            consent: consent("subscribed", source, address, at: now))
    }

    /// The subscriber that a link belongs to.
    ///
    /// - Throws: `Token.Refusal`; a link of somebody who is gone, or whose links were voided, counts as forged.
    public func subscriber(token text: String, purpose: TokenPurpose) async throws -> Subscriber {
        let token = try Token(text, purpose: purpose, key: installation.key, now: now)
        let subscriber = try await owner(of: token)
        if purpose == .preferences { try await use(token) }
        return subscriber
    }

    /// - Throws: `Token.Refusal` where nobody has the token's number and epoch.
    func owner(of token: Token) async throws -> Subscriber {
        guard let subscriber = try await store.subscriber(id: token.subscriberID), subscriber.tokenEpoch == token.epoch
        else { throw Token.Refusal.forged }
        return subscriber
    }

    /// Stores what a person may change about their subscription.
    public func update(_ subscriber: Subscriber, source: String) async throws {
        try await store.update(subscriber, consent: consent("changed", source, subscriber.address, at: now))
    }

    /// Adds somebody whose consent the operator has; nil where the address is known.
    ///
    /// - Throws: ``ServiceRefusal`` for an address that must not be mailed.
    public func add(
        _ address: Address, interests: Interests, schedule: DeliverySchedule? = nil, maxPapers: Int? = nil,
        language: Language? = nil, source: String
    ) async throws -> Subscriber? {
        if let reason = try await installation.database.suppressions.reason(addressHash: hash(address)) {
            throw ServiceRefusal(description: "\(address) must not be mailed: \(reason)")
        }
        let now = now
        var new = newSubscriber(
            address, state: .active, interests: interests, lastSeq: try await startSeq(now), language: language)
        if let schedule { new.schedule = schedule }
        if let maxPapers { new.maxPapers = maxPapers }
        return try await store.add(new, consent: consent("subscribed", source, address, at: now))
    }

    /// The consent log of an address, oldest first.
    public func consent(of address: Address) async throws -> [Consent] {
        try await store.consent(addressHash: hash(address))
    }

    /// Deletes all of a person's data.
    ///
    /// - Parameter neverAgain: keeps a keyed hash of the address, so that it is never mailed again, whoever types it.
    public func remove(_ subscriber: Subscriber, neverAgain: Bool = false, source: String) async throws -> Bool {
        try await store.remove(
            id: subscriber.id, suppression: neverAgain ? "asked never to be mailed again" : nil,
            consent: consent("removed", source, subscriber.address, at: now))
    }

    /// How a new subscriber's digest comes by the settings.
    public var defaultSchedule: DeliverySchedule {
        DeliverySchedule(
            timeZone: installation.settings.digestTimeZone, minute: installation.settings.digestMinute,
            cadence: Cadence(rawValue: installation.settings.digestCadence.rawValue) ?? .daily)
    }

    /// Up to where papers are passed over for somebody whose digests begin now.
    func startSeq(_ now: Date) async throws -> Int64 {
        try await installation.database.papers.seq(
            before: now.addingTimeInterval(-installation.settings.digestLookBack))
    }

    private func newSubscriber(
        _ address: Address, state: SubscriberState, interests: Interests, lastSeq: Int64, language: Language?
    ) -> NewSubscriber {
        NewSubscriber(
            address: address, state: state, schedule: defaultSchedule, maxPapers: installation.settings.digestMaxPapers,
            interests: interests, lastSeq: lastSeq, language: language)
    }

    func hash(_ address: Address) -> String { installation.key.addressHash(address.key) }

    func consent(_ event: String, _ source: String, _ address: Address, at now: Date) -> Consent {
        Consent(event: event, source: source, addressHash: hash(address), at: now)
    }
}

/// Why the desk will not do what an operator asked.
public struct ServiceRefusal: Error, CustomStringConvertible {
    public let description: String

    public init(description: String) { self.description = description }
}
