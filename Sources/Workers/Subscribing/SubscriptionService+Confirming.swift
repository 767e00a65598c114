import Core
import Foundation
import Site
import Store

/// What came of a confirmation.
public struct Confirmation: Sendable {
    public let subscriber: Subscriber
    /// False where the subscription was confirmed before.
    public let isNew: Bool
    /// Whether a digest was written at once.
    public let hasDigest: Bool
}

extension SubscriptionService {
    /// Makes a typed address a subscription; doing it twice changes nothing.
    ///
    /// - Parameters:
    ///   - sendsNow: whether today's papers are wanted at once. Then that is the digest of this morning, and the next one comes
    ///     on another.
    ///   - timeZone: that of the person; nil for the one that is stored.
    public func confirm(
        token: String, sendsNow: Bool = false, timeZone: CivilZone? = nil, source: String
    ) async throws -> Confirmation {
        var subscriber = try await subscriber(token: token, purpose: .confirm)
        // Such a link adds to a subscription, and begins none.
        guard try await addition(token: token) == nil else { throw Token.Refusal.forged }
        if let timeZone { subscriber.schedule.timeZone = timeZone }
        let now = now
        let start = try await startSeq(now)
        let digest =
            subscriber.isAwaited && sendsNow
            ? try await PromptDigest(installation).digest(for: subscriber, after: max(start, subscriber.lastSeq)) : nil
        let confirmed = try await store.confirm(
            id: subscriber.id, lastSeq: start, timeZone: timeZone, digest: digest,
            welcomeUntil: now.addingTimeInterval(86_400),
            consent: consent("confirmed", source, subscriber.address, at: now))
        if let confirmed {
            return Confirmation(subscriber: confirmed.subscriber, isNew: true, hasDigest: confirmed.hasDigest)
        }
        let known = try await self.subscriber(token: token, purpose: .confirm)
        return Confirmation(subscriber: known, isNew: false, hasDigest: false)
    }
}
