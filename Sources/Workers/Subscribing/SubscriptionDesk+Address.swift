import Foundation
import Mail
import Site
import Store

extension SubscriptionDesk {
    /// Somebody wants their digests at another address: its owner is asked by mail, and until they agree all stays as it is.
    ///
    /// Whether the mail is sent is for nobody to see: a new address that has a subscription, or that must not be mailed, gets
    /// none. At most three such mails an hour and six a day come of one subscription, one an hour and three a day to one
    /// address.
    public func askNewAddress(_ address: Address, for subscriber: Subscriber) async throws {
        let now = now
        let isSuppressed = try await installation.database.suppressions.reason(addressHash: hash(address)) != nil
        let other = try await store.subscriber(address: address)
        let isFree = other.map { $0.id == subscriber.id || Self.yields($0) } ?? true
        _ = try await installation.database.ledger.enqueue(
            .newAddress, of: subscriber.id, toOther: address, isWanted: isFree && !isSuppressed,
            within: [MailAllowance(3, per: 3600), MailAllowance(6, per: 86_400)],
            perAddress: [MailAllowance(1, per: 3600), MailAllowance(3, per: 86_400)], at: now,
            expiresAt: now.addingTimeInterval(Links.confirmLifetime / 2))
    }

    /// Whether a subscription gives its address up to one whose owner can read mail there.
    private static func yields(_ subscriber: Subscriber) -> Bool {
        subscriber.state == .pending || subscriber.state == .unsubscribed
    }

    /// Whose address a link changes, and to which.
    ///
    /// - Throws: `Token.Refusal`.
    public func addressChange(token text: String) async throws -> (subscriber: Subscriber, address: Address) {
        let token = try Token(text, purpose: .address, key: installation.key, now: now)
        guard let detail = token.detail, let address = try? Address(detail) else { throw Token.Refusal.forged }
        return (try await subscriber(token: text, purpose: .address), address)
    }

    /// Makes the new address that of the subscription, voids all links that were sent to the old one, and tells the old one.
    ///
    /// - Throws: `Token.Refusal`, also where the link was used before.
    public func changeAddress(token: String, source: String) async throws -> AddressChange {
        let (subscriber, address) = try await addressChange(token: token)
        let now = now
        let notice = QueuedMail(
            .addressChanged, slot: "address-changed:\(subscriber.tokenEpoch)", recipient: subscriber.address,
            expiresAt: now.addingTimeInterval(86_400))
        return try await store.changeAddress(
            id: subscriber.id, to: address, epoch: subscriber.tokenEpoch, notice: notice,
            left: consent("address-left", source, subscriber.address, at: now),
            taken: consent("address-taken", source, address, at: now))
    }
}
