import Core
import Digests
import Foundation
import Hummingbird
import Site
import Store
import Workers

/// What the link of a confirm mail leads to. A GET changes nothing, because scanners follow every link; a button posts.
struct LinkPages: Sendable {
    let installation: Installation
    private var service: SubscriptionService { SubscriptionService(installation) }

    /// - Parameter region: the country that the browser's language names.
    func confirm(_ token: String, region: String?) async throws -> Response {
        try await installation.withLink {
            if let addition = try await service.addition(token: token) {
                let language = addition.subscriber.language ?? installation.currentLanguage
                let topics = addition.interests.topics.compactMap { installation.topics[slug: $0]?.title[language] }
                return installation.answer(
                    AdditionPage(
                        token: token, topics: topics, filters: addition.interests.filters,
                        isTrending: addition.subscriber.interests.isEmpty), to: addition.subscriber)
            }
            let subscriber = try await service.subscriber(token: token, purpose: .confirm)
            // Who has a zone of their own is not asked to take another.
            let isOpen = subscriber.isAwaited && subscriber.schedule.timeZone == installation.settings.digestTimeZone
            let zone = (isOpen ? installation.zone(ofRegion: region) : nil) ?? subscriber.schedule.timeZone
            return installation.answer(
                confirmPage(of: subscriber, token, installation.timeZoneChoice(zone)), to: subscriber)
        }
    }

    private func confirmPage(of subscriber: Subscriber, _ token: String, _ zone: TimeZoneChoice) -> ConfirmPage {
        let language = subscriber.language ?? installation.currentLanguage
        return ConfirmPage(
            token: token, address: subscriber.address.description,
            topics: subscriber.interests.topics.compactMap { installation.topics[slug: $0]?.title[language] },
            timeZone: zone, time: subscriber.schedule.time)
    }

    /// Mails the link to preferences, for a link of whatever right and age. The answer tells nothing of the subscription.
    func mailLink(_ posted: Posted) async throws -> Response {
        try await installation.withLink {
            guard let right = TokenPurpose(rawValue: posted.fields["right"] ?? "") else {
                throw Token.Refusal.forged
            }
            let subscriber = try await service.mailLinks(token: posted.token, purpose: right)
            return installation.answer(
                NoticePage(title: .linkMailedTitle, message: .linkMailedMessage, link: ("/", .toFirstPage)),
                to: subscriber)
        }
    }

    func confirmed(_ posted: Posted) async throws -> Response {
        try await installation.withLink {
            if let addition = try await service.addition(token: posted.token) {
                return try await added(addition, posted.token)
            }
            let sendsNow = posted.fields["now"] != nil
            let asked = try await service.subscriber(token: posted.token, purpose: .confirm)
            // A form without the field, as a page that was made before it, keeps the zone.
            let field = posted.fields["timezone"].flatMap { $0.isEmpty ? nil : $0 }
                .map { (typed: $0, zone: TimeZoneField($0, now: asked.schedule.timeZone)) }
            if asked.isAwaited, let field, let unknown = field.zone.unknown {
                var choice = installation.timeZoneChoice(asked.schedule.timeZone)
                (choice.typed, choice.unknown) = (field.typed, unknown)
                var page = confirmPage(of: asked, posted.token, choice)
                page.sendsNow = sendsNow
                return installation.answer(page, to: asked, status: .unprocessableContent)
            }
            let confirmation = try await service.confirm(
                token: posted.token, sendsNow: sendsNow, timeZone: field?.zone.zone, source: "web /confirm")
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
                    offer: confirmation.isNew
                        ? nil : subscriber.offer(MailLinkOffer(token: posted.token, right: .confirm))), to: subscriber)
        }
    }
}

extension LinkPages {
    private func added(_ addition: Addition, _ token: String) async throws -> Response {
        let reader = addition.subscriber
        let offer = reader.offer(MailLinkOffer(token: token, right: .confirm))
        guard try await service.add(addition, source: "web /confirm") else {
            let most = SubscriptionService.mostFilters
            let count = reader.interests.filters.count + addition.interests.filters.count
            return installation.answer(
                NoticePage(
                    title: .additionPageHeading, message: .problemManyFilters,
                    values: ["count": String(count), "most": String(most)], offer: offer), to: reader, status: .conflict
            )
        }
        return installation.answer(
            NoticePage(title: .additionSavedTitle, message: .additionSavedMessage, offer: offer), to: reader)
    }
}

extension Installation {
    func preferencesLink(_ subscriber: Subscriber) -> String {
        links.preferences(subscriber: subscriber.id, epoch: subscriber.tokenEpoch, now: clock.now)
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

    /// The same for pages behind the link to preferences: one that has ended can be had anew by mail.
    func withPreferences(_ token: String, _ work: () async throws -> Response) async throws -> Response {
        try await withLink(expired: .expiredPreferences(token), work)
    }
}

extension Subscriber {
    /// An offer to mail the link to preferences, where there is somebody to mail it to.
    func offer(_ offer: MailLinkOffer) -> MailLinkOffer? { state.isReader ? offer : nil }
}
