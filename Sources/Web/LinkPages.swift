import Digests
import Foundation
import Hummingbird
import Site
import Store
import Workers

/// What the link of a confirm mail leads to. A GET changes nothing, because scanners follow every link; a button posts.
struct LinkPages: Sendable {
    let installation: Installation
    private var desk: SubscriptionDesk { SubscriptionDesk(installation) }

    func confirm(_ token: String) async throws -> Response {
        try await installation.withLink {
            let subscriber = try await desk.subscriber(token: token, purpose: .confirm)
            let topics = subscriber.interests.topics.compactMap { installation.topics[slug: $0]?.title }
            return installation.answer(
                ConfirmPage(token: token, address: subscriber.address.description, topics: topics), to: subscriber)
        }
    }

    func confirmed(_ posted: Posted) async throws -> Response {
        try await installation.withLink {
            let sendsNow = posted.fields["now"] != nil
            let confirmation = try await desk.confirm(
                token: posted.token, sendsNow: sendsNow, source: "web /confirm")
            let subscriber = confirmation.subscriber
            let beginning: ConfirmedPage.Beginning =
                if !confirmation.isNew { .known } else if confirmation.hasDigest { .now } else {
                    sendsNow ? .nothingNow : .waits
                }
            let next = subscriber.nextDigestAt.map {
                DigestMoment(date: $0, timeZone: subscriber.schedule.timeZone)
            }
            return installation.answer(
                ConfirmedPage(
                    address: subscriber.address.description, beginning: beginning, firstDigest: next,
                    preferencesURL: installation.preferencesLink(subscriber)), to: subscriber)
        }
    }
}

extension Installation {
    func preferencesLink(_ subscriber: Subscriber) -> String {
        links.preferences(subscriber: subscriber.id, epoch: subscriber.tokenEpoch)
    }

    /// Answers a link that opens nothing with a page that says how to go on.
    func withLink(expired: NoticePage = .expiredLink, _ work: () async throws -> Response) async throws -> Response {
        do {
            return try await work()
        } catch let refusal as Token.Refusal {
            switch refusal {
            case .expired: return answer(expired, status: .gone)
            case .forged: return answer(NoticePage.brokenLink, status: .badRequest)
            }
        }
    }
}
