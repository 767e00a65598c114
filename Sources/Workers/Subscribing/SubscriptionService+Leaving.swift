import Foundation
import Mail
import Site
import Store

extension SubscriptionService {
    /// Ends a subscription by its link; doing it twice changes nothing.
    ///
    /// - Parameter isOneClick: whether a mail program did it (RFC 8058), see ``leave(_:saysGoodbye:isFinal:source:)``.
    /// - Returns: the subscriber as it is now, and whether it was this that ended the subscription.
    public func unsubscribe(
        token: String, isOneClick: Bool = false, source: String
    ) async throws -> (subscriber: Subscriber, hasLeft: Bool) {
        let before = try await subscriber(token: token, purpose: .unsubscribe)
        let after = try await leave(before, isFinal: isOneClick, source: source)
        return (after, before.state != .unsubscribed && after.state == .unsubscribed)
    }

    /// Ends a subscription. What waits for this person in the queue is not sent.
    ///
    /// - Parameters:
    ///   - saysGoodbye: whether a last mail says so; at most one a day does.
    ///   - isFinal: whether no link takes it back, only a new subscription. So it is for the buttons of mail programs: an
    ///     address may be a mailing list's, and what one member ended another must not bring back with one click.
    public func leave(
        _ subscriber: Subscriber, saysGoodbye: Bool = true, isFinal: Bool = false, source: String
    ) async throws -> Subscriber {
        let now = now
        let day = now.formatted(.iso8601.year().month().day())
        let wasReader = subscriber.state.isReader
        let goodbye = QueuedMail(.goodbye, slot: "goodbye:\(day)", expiresAt: now.addingTimeInterval(86_400))
        let moved = try await store.move(
            id: subscriber.id, from: [.pending, .active, .paused, .bounced], to: .unsubscribed,
            mail: wasReader && saysGoodbye ? goodbye : nil, isFinal: isFinal,
            consent: consent("unsubscribed", source, subscriber.address, at: now))
        if let moved { return moved }
        return try await store.subscriber(id: subscriber.id) ?? subscriber
    }

    /// Takes back that somebody left, as if they had not: no new confirmation is needed.
    ///
    /// - Parameter token: of purpose `left`; it works for a week.
    /// - Returns: the subscriber as it is now, be it that they were here already or that they left too long ago.
    /// - Throws: `Token.Refusal`.
    public func undoLeaving(token: String, source: String) async throws -> Subscriber {
        let subscriber = try await subscriber(token: token, purpose: .left)
        let now = now
        let returned = try await store.undoLeaving(
            id: subscriber.id, leftSince: now.addingTimeInterval(-Links.undoLifetime),
            consent: consent("returned", source, subscriber.address, at: now))
        return returned ?? subscriber
    }

    /// The most characters of a reason in a person's own words.
    public static let mostReasonWords = 500

    /// Keeps why somebody left, by the token of purpose `left`. Nobody has to say.
    ///
    /// - Parameters:
    ///   - choice: one of the page's.
    ///   - words: cut after ``mostReasonWords`` characters.
    public func setReason(token: String, choice: String, words: String) async throws -> Subscriber {
        let subscriber = try await subscriber(token: token, purpose: .left)
        let words = HeaderText.cleaned(String(words.prefix(Self.mostReasonWords)))
        if !choice.isEmpty || !words.isEmpty {
            _ = try await store.setReason(LeavingReason(choice: choice, words: words, at: now), of: subscriber.id)
        }
        return subscriber
    }
}
