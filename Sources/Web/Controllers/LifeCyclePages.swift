import Digests
import Foundation
import HTTPTypes
import Hummingbird
import Mail
import Site
import Store
import Workers

/// What a reader does with the subscription as a whole: pause it, move it to another address, take its data away, delete it.
struct LifeCyclePages: Sendable {
    let installation: Installation
    private var service: SubscriptionService { SubscriptionService(installation) }

    // MARK: - Pause

    func pause(_ posted: Posted) async throws -> Response {
        try await installation.withPreferences(posted.token) {
            let subscriber = try await service.subscriber(token: posted.token, purpose: .preferences)
            let day = posted.fields["until"] ?? ""
            do {
                let end = day.isEmpty ? nil : try service.endOfPause(day, for: subscriber.schedule)
                _ = try await service.pause(subscriber, until: end, source: "web /preferences")
            } catch is ServiceRefusal {
                var page = try await installation.preferencesPage(of: subscriber, token: posted.token)
                page.until = day
                page.pauseProblem = problem(with: page, of: subscriber)
                page.problem = installation.texts(of: subscriber)[.problemBelow]
                return installation.answer(page, to: subscriber, status: .unprocessableContent)
            }
            return try await preferences(posted.token)
        }
    }

    private func problem(with page: PreferencesPage, of subscriber: Subscriber) -> String {
        let texts = installation.texts(of: subscriber)
        return texts(
            .problemPause,
            [
                "first": page.firstDay.map(texts.plain) ?? "", "last": page.lastDay.map(texts.plain) ?? "",
                "example": page.firstDay?.description ?? "",
            ])
    }

    func resume(_ posted: Posted) async throws -> Response {
        try await installation.withPreferences(posted.token) {
            let subscriber = try await service.subscriber(token: posted.token, purpose: .preferences)
            _ = try await service.resume(subscriber, source: "web /preferences")
            return try await preferences(posted.token)
        }
    }

    private func preferences(_ token: String) async throws -> Response {
        let stored = try await service.subscriber(token: token, purpose: .preferences)
        var page = try await installation.preferencesPage(of: stored, token: token)
        page.isSaved = true
        return installation.answer(page, to: stored)
    }

    // MARK: - Another address

    /// The answer is the same whatever is known of the new address, and comes at the same pace.
    func askNewAddress(_ posted: Posted) async throws -> Response {
        try await installation.withPreferences(posted.token) {
            let subscriber = try await service.subscriber(token: posted.token, purpose: .preferences)
            let typed = posted.fields["email"] ?? ""
            do {
                let address = try Address(typed)
                try installation.addressPolicy.check(address)
                guard address.description != subscriber.address.description else {
                    return try await refuse(
                        typed, installation.texts(of: subscriber)[.addressSame], subscriber, posted.token)
                }
                try await EvenPace.run { try await service.askNewAddress(address, for: subscriber) }
            } catch let error as AddressError {
                return try await refuse(
                    typed, installation.problem(with: error, installation.texts(of: subscriber)), subscriber,
                    posted.token)
            } catch let refusal as AddressPolicy.Refusal {
                return try await refuse(
                    typed, installation.problem(with: refusal, installation.texts(of: subscriber)), subscriber,
                    posted.token)
            }
            return installation.answer(
                NoticePage(
                    title: .newAddressSentTitle, message: .newAddressSentMessage,
                    values: ["typed": typed, "address": subscriber.address.description],
                    link: (installation.preferencesLink(subscriber), .yourPreferences)), to: subscriber)
        }
    }

    private func refuse(
        _ typed: String, _ problem: String, _ subscriber: Subscriber, _ token: String
    ) async throws -> Response {
        var page = try await installation.preferencesPage(of: subscriber, token: token)
        page.newAddress = typed
        page.addressProblem = problem
        page.problem = installation.texts(of: subscriber)[.problemBelow]
        return installation.answer(page, to: subscriber, status: .unprocessableContent)
    }

    func newAddress(_ token: String) async throws -> Response {
        try await installation.withLink(expired: .expiredAddressLink) {
            let (subscriber, address) = try await service.addressChange(token: token)
            return installation.answer(NewAddressPage(token: token, address: address.description), to: subscriber)
        }
    }

    func changeAddress(_ posted: Posted) async throws -> Response {
        try await installation.withLink(expired: .expiredAddressLink) {
            switch try await service.changeAddress(token: posted.token, source: "web /address") {
            case .changed(let subscriber):
                return installation.answer(
                    NoticePage(
                        title: .addressChangedHeading, message: .addressMovedMessage,
                        values: ["address": subscriber.address.description], link: ("/", .toFirstPage)),
                    to: subscriber)
            case .taken, .suppressed, .void:
                return installation.answer(NoticePage.uselessAddressLink, status: .conflict)
            }
        }
    }

    // MARK: - Links

    /// The page shows no new link: whoever asked may have had an old one that somebody else is to be kept from.
    func voidLinks(_ posted: Posted) async throws -> Response {
        try await installation.withPreferences(posted.token) {
            let subscriber = try await service.voidLinks(token: posted.token, source: "web /preferences/links")
            return installation.answer(
                NoticePage(
                    title: .linksVoidedTitle, message: .linksVoidedMessage,
                    values: ["address": subscriber.address.description], link: ("/", .toFirstPage)), to: subscriber)
        }
    }

    // MARK: - Data

    /// A file to keep; a POST, because it holds everything.
    func export(_ posted: Posted) async throws -> Response {
        try await installation.withPreferences(posted.token) {
            let subscriber = try await service.subscriber(token: posted.token, purpose: .preferences)
            let data = try await PersonalData(of: subscriber, in: installation).json()
            return Response(
                status: .ok,
                headers: [
                    .contentType: "application/json; charset=utf-8",
                    .contentDisposition: "attachment; filename=\"my-data.json\"",
                ], body: .init(byteBuffer: ByteBuffer(bytes: data)))
        }
    }

    func askDelete(_ token: String) async throws -> Response {
        try await installation.withPreferences(token) {
            let subscriber = try await service.subscriber(token: token, purpose: .preferences)
            return installation.answer(
                DeletePage(
                    token: token, address: subscriber.address.description,
                    preferencesURL: installation.preferencesLink(subscriber)), to: subscriber)
        }
    }

    func delete(_ posted: Posted) async throws -> Response {
        try await installation.withPreferences(posted.token) {
            let subscriber = try await service.subscriber(token: posted.token, purpose: .preferences)
            let neverAgain = posted.fields["never"] != nil
            _ = try await service.remove(subscriber, neverAgain: neverAgain, source: "web /preferences/delete")
            return installation.answer(
                NoticePage(
                    title: .deletedTitle, message: neverAgain ? .deletedNeverMessage : .deletedMessage,
                    link: ("/", .toFirstPage)), to: subscriber)
        }
    }
}
