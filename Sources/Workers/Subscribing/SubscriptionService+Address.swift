import Foundation
import Mail
import Site
import Store

extension SubscriptionService {
    /// Somebody wants their digests at another address: its owner is asked by mail, and until they agree all stays as it is.
    ///
    /// Whether the mail is sent is for nobody to see: a new address that has a subscription, or that must not be mailed, gets
    /// none. At most three such mails an hour and six a day come of one subscription, one an hour and three a day to one
    /// address.
    public func askNewAddress(_ address: Address, for subscriber: Subscriber) async throws {
        let now = now
        let isSuppressed = try await installation.database.suppressions.reason(addressHash: hash(address)) != nil
        let other = try await store.subscriber(address: address)
        let isFree = other.map { $0.id == subscriber.id || $0.isAwaited } ?? true
        _ = try await installation.database.ledger.enqueue(
            .newAddress, of: subscriber.id, toOther: address, isWanted: isFree && !isSuppressed,
            within: [MailAllowance(3, per: 3600), MailAllowance(6, per: 86_400)],
            perAddress: [MailAllowance(1, per: 3600), MailAllowance(3, per: 86_400)], at: now,
            expiresAt: now.addingTimeInterval(Links.confirmLifetime / 2))
    }

    /// Whose address a link changes, and to which.
    ///
    /// - Throws: `Token.Refusal`.
    public func addressChange(token text: String) async throws -> (subscriber: Subscriber, address: Address) {
        let token = try Token(text, purpose: .address, key: installation.key, now: now)
        guard let detail = token.detail, let address = try? Address(detail) else { throw Token.Refusal.forged }
        return (try await subscriber(token: text, purpose: .address), address)
    }

    /// Makes the new address that of the subscription, voids all links that were sent to the old one, sends new ones to the
    /// new one, and tells the old one.
    ///
    /// - Throws: `Token.Refusal`, also where the link was used before.
    public func changeAddress(token: String, source: String) async throws -> AddressChange {
        let (subscriber, address) = try await addressChange(token: token)
        let now = now
        let notice = QueuedMail(
            .addressChanged, slot: "address-changed:\(subscriber.tokenEpoch)", recipient: subscriber.address,
            expiresAt: now.addingTimeInterval(86_400))
        var taken = consent("address-taken", source, address, at: now)
        taken.previousHash = hash(subscriber.address)
        return try await store.changeAddress(
            id: subscriber.id, to: address, epoch: subscriber.tokenEpoch, notice: notice,
            links: newLinks(of: subscriber, at: now),
            left: consent("address-left", source, subscriber.address, at: now), taken: taken)
    }

    /// The consent log of a person, oldest first: that of their address, and those of the addresses from which they moved
    /// here, up to when they left them. What others did there later is theirs.
    func wholeConsent(of subscriber: Subscriber) async throws -> [Consent] {
        var lines: [Consent] = []
        var next: (hash: String, until: Date?)? = (hash(subscriber.address), nil)
        var seen: Set<String> = []
        while let (hash, until) = next, seen.insert(hash).inserted {
            let log = try await store.consent(addressHash: hash).filter { line in until.map { line.at <= $0 } ?? true }
            lines += log
            next = Self.arrival(in: log, until: until)
        }
        // A move is a line of either address, at the same time.
        return lines.sorted { ($0.at, $0.previousHash == nil ? 0 : 1) < ($1.at, $1.previousHash == nil ? 0 : 1) }
    }

    /// From which address the person of a log's end moved there; nil where somebody left there since, for then that was
    /// another person.
    ///
    /// - Parameter until: when they moved on; nil where they are there now.
    private static func arrival(in log: [Consent], until: Date?) -> (hash: String, until: Date?)? {
        guard let place = log.lastIndex(where: { $0.previousHash != nil }), let hash = log[place].previousHash,
            !log[place...].contains(where: { ["address-left", "removed"].contains($0.event) && $0.at != until })
        else { return nil }
        return (hash, log[place].at)
    }
}
