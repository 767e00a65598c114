import Foundation
import Hummingbird
import Site
import Store
import Workers

/// The way out, and back: a GET changes nothing, because scanners follow every link; a button posts.
struct LeavingPages: Sendable {
    let installation: Installation
    private var desk: SubscriptionDesk { SubscriptionDesk(installation) }

    func unsubscribe(_ token: String) async throws -> Response {
        try await installation.withLink {
            let subscriber = try await desk.subscriber(token: token, purpose: .unsubscribe)
            return installation.answer(
                UnsubscribePage(
                    token: token, address: subscriber.address.description,
                    preferencesURL: subscriber.state == .active ? installation.preferencesLink(subscriber) : nil),
                to: subscriber)
        }
    }

    /// Also the one-click POST of RFC 8058, which mail providers make without cookies, with the token in the address.
    func unsubscribed(_ posted: Posted) async throws -> Response {
        try await installation.withLink {
            let source = posted.fields["List-Unsubscribe"] == "One-Click" ? "one-click" : "web /unsubscribe"
            let subscriber = try await desk.unsubscribe(token: posted.token, source: source)
            return installation.answer(page(subscriber), to: subscriber)
        }
    }

    func reason(_ posted: Posted) async throws -> Response {
        try await installation.withLink(expired: .undoTooLate) {
            let choice = UnsubscribedPage.Reason(rawValue: posted.fields["reason"] ?? "")?.rawValue ?? ""
            let words = posted.fields["words"] ?? ""
            let subscriber = try await desk.setReason(token: posted.token, choice: choice, words: words)
            var page = page(subscriber)
            page.isThanked = true
            return installation.answer(page, to: subscriber)
        }
    }

    func undo(_ token: String) async throws -> Response {
        try await installation.withLink(expired: .undoTooLate) {
            let subscriber = try await desk.subscriber(token: token, purpose: .left)
            return installation.answer(UndoPage(token: token, address: subscriber.address.description), to: subscriber)
        }
    }

    func undone(_ posted: Posted) async throws -> Response {
        try await installation.withLink(expired: .undoTooLate) {
            let subscriber = try await desk.undoLeaving(token: posted.token, source: "web /unsubscribe/undo")
            switch subscriber.state {
            case .active, .paused:
                return installation.answer(
                    NoticePage(
                        title: .returnedTitle, message: .returnedMessage,
                        values: ["address": subscriber.address.description],
                        link: (installation.preferencesLink(subscriber), .yourPreferences)), to: subscriber)
            case .pending, .unsubscribed, .bounced, .complained:
                return installation.answer(NoticePage.undoTooLate, to: subscriber, status: .gone)
            }
        }
    }

    private func page(_ subscriber: Subscriber) -> UnsubscribedPage {
        let now = installation.clock.now
        let canReturn =
            subscriber.state == .unsubscribed && (subscriber.leftFrom == .active || subscriber.leftFrom == .paused)
            && subscriber.leftAt.map { now.timeIntervalSince($0) <= Links.undoLifetime } ?? false
        let token = installation.links.leftToken(subscriber: subscriber.id, epoch: subscriber.tokenEpoch, now: now)
        return UnsubscribedPage(address: subscriber.address.description, token: canReturn ? token : nil)
    }
}
