import Digests
import Foundation
import Hummingbird
import Site
import Store
import Workers

/// What the links of mails lead to. A GET changes nothing, because scanners follow every link; a button posts.
struct LinkPages: Sendable {
    let installation: Installation
    private var desk: SubscriptionDesk { SubscriptionDesk(installation) }

    func confirm(_ token: String) async throws -> Response {
        try await installation.withLink {
            let subscriber = try await desk.subscriber(token: token, purpose: .confirm)
            let topics = subscriber.interests.topics.compactMap { installation.topics[slug: $0]?.title }
            return installation.answer(
                ConfirmPage(token: token, address: subscriber.address.description, topics: topics))
        }
    }

    func confirmed(_ posted: Posted) async throws -> Response {
        try await installation.withLink {
            let subscriber = try await desk.confirm(token: posted.token, source: "web /confirm")
            let first = subscriber.nextDigestAt.map {
                DigestMoment(date: $0, timeZone: subscriber.schedule.timeZone)
            }
            return installation.answer(
                ConfirmedPage(
                    address: subscriber.address.description, firstDigest: first,
                    preferencesURL: installation.preferencesLink(subscriber)))
        }
    }

    func unsubscribe(_ token: String) async throws -> Response {
        try await installation.withLink {
            let subscriber = try await desk.subscriber(token: token, purpose: .unsubscribe)
            return installation.answer(
                UnsubscribePage(
                    token: token, address: subscriber.address.description,
                    preferencesURL: subscriber.state == .active ? installation.preferencesLink(subscriber) : nil))
        }
    }

    /// Also the one-click POST of RFC 8058, which mail providers make without cookies, with the token in the address.
    func unsubscribed(_ posted: Posted) async throws -> Response {
        try await installation.withLink {
            let source = posted.fields["List-Unsubscribe"] == "One-Click" ? "one-click" : "web /unsubscribe"
            let subscriber = try await desk.unsubscribe(token: posted.token, source: source)
            return installation.answer(UnsubscribedPage(address: subscriber.address.description))
        }
    }
}

extension Installation {
    func preferencesLink(_ subscriber: Subscriber) -> String {
        links.preferences(subscriber: subscriber.id, epoch: subscriber.tokenEpoch)
    }

    /// Answers a link that opens nothing with a page that says how to go on.
    func withLink(_ work: () async throws -> Response) async throws -> Response {
        do {
            return try await work()
        } catch let refusal as Token.Refusal {
            switch refusal {
            case .expired: return answer(NoticePage.expiredLink, status: .gone)
            case .forged: return answer(NoticePage.brokenLink, status: .badRequest)
            }
        }
    }
}
