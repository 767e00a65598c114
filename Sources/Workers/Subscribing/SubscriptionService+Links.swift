import Foundation
import Site
import Store

extension SubscriptionService {
    /// Lets a link to preferences go on for another year, or refuses one that has ended. That it was used is written once a
    /// day; where it cannot be, because the disk is full, the page is shown all the same.
    ///
    /// - Throws: `Token.Refusal`, `StoreError`.
    func use(_ token: Token) async throws {
        let today = Links.day(of: now)
        let first = today - Links.preferencesDays
        let id = token.subscriberID
        let used = try await store.preferencesLinkUse(of: id, madeOn: token.madeOn) ?? token.madeOn
        guard used >= first else { throw Token.Refusal.expired }
        guard used < today else { return }
        do {
            try await store.usePreferencesLink(of: id, madeOn: token.madeOn, on: today, ended: first)
        } catch let error as StoreError {
            installation.logger.warning("the use of a link could not be noted: \(error)")
        }
    }

    /// Mails a reader the link to their preferences, by a link of whatever right, however old. At most one such mail an hour
    /// and three a day go to an address.
    ///
    /// - Returns: whose link it is; nothing is mailed where the subscription has ended.
    /// - Throws: `Token.Refusal`, `StoreError`.
    public func mailLinks(token text: String, purpose: TokenPurpose) async throws -> Subscriber {
        let subscriber = try await owner(of: Token(anyAge: text, purpose: purpose, key: installation.key))
        guard subscriber.state.isReader else { return subscriber }
        let now = now
        _ = try await installation.database.ledger.enqueueAnswer(
            .links, to: subscriber.id, series: "links",
            within: [MailAllowance(1, per: 3600), MailAllowance(3, per: 86_400)], at: now,
            expiresAt: now.addingTimeInterval(86_400))
        return subscriber
    }

    /// Voids every link that a reader was ever sent, the token's own among them; a mail brings new ones.
    ///
    /// - Parameter token: of purpose `preferences`.
    /// - Throws: `Token.Refusal`, also where the links were voided meanwhile; `StoreError`.
    public func voidLinks(token text: String, source: String) async throws -> Subscriber {
        let subscriber = try await subscriber(token: text, purpose: .preferences)
        let now = now
        let isDone = try await store.voidLinks(
            of: subscriber.id, epoch: subscriber.tokenEpoch,
            mail: subscriber.state.isReader ? newLinks(of: subscriber, at: now) : nil,
            consent: consent("links-voided", source, subscriber.address, at: now))
        guard isDone else { throw Token.Refusal.forged }
        return subscriber
    }

    /// The mail that brings new links where `subscriber`'s are void; one for each time.
    func newLinks(of subscriber: Subscriber, at now: Date) -> QueuedMail {
        QueuedMail(.links, slot: "links-void:\(subscriber.tokenEpoch)", expiresAt: now.addingTimeInterval(86_400))
    }
}
