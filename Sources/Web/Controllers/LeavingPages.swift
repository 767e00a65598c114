import Foundation
import Hummingbird
import Site
import Store
import Workers

/// The way out, and back: a GET changes nothing, because scanners follow every link; a button posts.
struct LeavingPages: Sendable {
    let installation: Installation
    private var service: SubscriptionService { SubscriptionService(installation) }

    func unsubscribe(_ token: String) async throws -> Response {
        try await installation.withLink {
            let subscriber = try await service.subscriber(token: token, purpose: .unsubscribe)
            return installation.answer(
                UnsubscribePage(
                    token: token, address: subscriber.address.description,
                    offer: subscriber.offer(MailLinkOffer(token: token, right: .unsubscribe))),
                to: subscriber)
        }
    }

    /// Also the one-click POST of RFC 8058, which mail providers make without cookies, with the token in the address.
    func unsubscribed(_ posted: Posted) async throws -> Response {
        try await installation.withLink {
            let isOneClick = posted.fields["List-Unsubscribe"] == "One-Click"
            let (subscriber, hasLeft) = try await service.unsubscribe(
                token: posted.token, isOneClick: isOneClick, source: isOneClick ? "one-click" : "web /unsubscribe")
            return installation.answer(page(subscriber, mayReturn: hasLeft), to: subscriber)
        }
    }

    func reason(_ posted: Posted) async throws -> Response {
        try await installation.withLink(expired: .undoTooLate) {
            let choice = UnsubscribedPage.Reason(rawValue: posted.fields["reason"] ?? "")?.rawValue ?? ""
            let words = posted.fields["words"] ?? ""
            let subscriber = try await service.setReason(token: posted.token, choice: choice, words: words)
            var page = page(subscriber, mayReturn: true)
            page.isThanked = true
            return installation.answer(page, to: subscriber)
        }
    }

    func undo(_ token: String) async throws -> Response {
        try await installation.withLink(expired: .undoTooLate) {
            let subscriber = try await service.subscriber(token: token, purpose: .left)
            return installation.answer(UndoPage(token: token, address: subscriber.address.description), to: subscriber)
        }
    }

    func undone(_ posted: Posted) async throws -> Response {
        try await installation.withLink(expired: .undoTooLate) {
            let subscriber = try await service.undoLeaving(token: posted.token, source: "web /unsubscribe/undo")
            switch subscriber.state {
            case .active, .paused:
                return installation.answer(
                    NoticePage(
                        title: .returnedTitle, message: .returnedMessage,
                        values: ["address": subscriber.address.description],
                        offer: subscriber.offer(MailLinkOffer(token: posted.token, right: .left))), to: subscriber)
            case .pending, .unsubscribed, .bounced, .complained:
                return installation.answer(NoticePage.undoTooLate, to: subscriber, status: .gone)
            }
        }
    }

    /// - Parameter mayReturn: whether whoever sees the page may take leaving back: by the link of the mail that says goodbye,
    ///   or having left just now. The link of an older mail must not bring back somebody who left by another.
    private func page(_ subscriber: Subscriber, mayReturn: Bool) -> UnsubscribedPage {
        let now = installation.clock.now
        let canReturn =
            subscriber.state == .unsubscribed
            && (subscriber.leftFrom == .active || subscriber.leftFrom == .paused)
            && subscriber.leftAt.map { now.timeIntervalSince($0) <= Links.undoLifetime } ?? false
        let token = installation.links.leftToken(subscriber: subscriber.id, epoch: subscriber.tokenEpoch, now: now)
        return UnsubscribedPage(
            address: subscriber.address.description, token: canReturn && mayReturn ? token : nil,
            isUndoneByMail: canReturn && !mayReturn)
    }
}
