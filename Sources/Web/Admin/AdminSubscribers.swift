import Digests
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Papers
import Store
import Workers

/// `/admin/subscribers`: finding readers, and mending what went wrong with one.
struct AdminSubscribers: Sendable {
    let desk: AdminDesk

    private static let listed = 50
    private static let mails = 30
    private static let bounces = 10

    func search(_ request: Request) async throws -> Response {
        let query = FormFields(request.uri.query ?? "")
        let state = SubscriberState(rawValue: query["state"] ?? "")
        let after = query["after"].flatMap { WholeNumber.parse($0) } ?? 0
        let fragment = String((query["q"] ?? "").prefix(254))
        let found = try await desk.database.subscribers.search(
            fragment, state: state, after: after, limit: Self.listed + 1)
        return desk.answer(
            AdminSubscribersPage(
                query: fragment, state: state, readers: Array(found.prefix(Self.listed)),
                hasMore: found.count > Self.listed, isFirst: after == 0))
    }

    func show(_ id: Int64, notice: AdminNotice? = nil, problem: String? = nil) async throws -> Response {
        let reader = try await reader(id)
        var page = AdminSubscriberPage(
            reader: reader, topics: desk.installation.topics.all.map { ($0.slug, $0.title[.english]) })
        page.suppression = try await desk.readers.suppression(of: reader.address)
        page.mails = try await desk.database.ledger.history(of: id, limit: Self.mails)
        page.bounces = try await desk.database.bounces.history(of: id, limit: Self.bounces)
        page.events = try await desk.readers.consent(of: reader.address)
        page.reason = try await desk.database.subscribers.reason(of: id)
        return desk.answer(page, notice: notice, problem: problem, status: problem == nil ? .ok : .conflict)
    }

    /// Asks before a subscription is ended.
    func askToUnsubscribe(_ id: Int64) async throws -> Response {
        desk.answer(AdminUnsubscribePage(reader: try await reader(id)))
    }

    func act(_ act: String, id: Int64, _ posted: Posted) async throws -> Response {
        let reader = try await reader(id)
        do {
            switch act {
            case "pause": return try await moved(desk.readers.pause(reader, source: AdminDesk.source), reader, .paused)
            case "resume":
                return try await moved(desk.readers.resume(reader, source: AdminDesk.source), reader, .resumed)
            case "unsubscribe":
                let left = try await desk.readers.leave(reader, source: AdminDesk.source)
                return try moved(left.state == .unsubscribed ? left : nil, reader, .unsubscribed)
            case "reactivate":
                let back = try await desk.readers.reactivate(
                    reader, reason: posted.fields["reason"] ?? "", source: AdminDesk.source)
                return try moved(back, reader, back.state == .active ? .reactivated : .released)
            case "preferences": return try await openPreferences(of: reader)
            default: throw HTTPError(.notFound)
            }
        } catch let refusal as ServiceRefusal {
            return try await show(id, problem: refusal.description)
        }
    }

    private func moved(_ now: Subscriber?, _ before: Subscriber, _ notice: AdminNotice) throws -> Response {
        guard now != nil else {
            throw ServiceRefusal(description: "Nothing was done: \(before.address) is \(before.state.rawValue).")
        }
        // By number: addresses stand in no log.
        desk.audit("subscriber \(before.id) \(notice.rawValue)")
        return desk.redirect(to: AdminSubscriberPage.path(before.id), notice)
    }

    /// Behind a form, so that their link stands in no page of ours.
    private func openPreferences(of reader: Subscriber) async throws -> Response {
        try await desk.readers.note("preferences-opened", about: reader, source: AdminDesk.source)
        desk.audit("preferences of subscriber \(reader.id) opened")
        return .redirect(to: desk.installation.preferencesLink(reader), type: .normal)
    }

    func preview(_ id: Int64) async throws -> Response {
        let reader = try await reader(id)
        let digest = try await DigestPreview(desk.installation).digest(for: reader)
        return desk.answer(AdminPreviewPage(reader: reader, digest: digest))
    }

    /// The whole message, for a mail program to open.
    func message(_ id: Int64) async throws -> Response {
        let reader = try await reader(id)
        guard let digest = try await DigestPreview(desk.installation).digest(for: reader) else {
            throw HTTPError(.notFound)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "message/rfc822", .contentDisposition: "attachment; filename=\"digest-\(id).eml\"",
            ], body: .init(byteBuffer: ByteBuffer(bytes: digest.message)))
    }

    private func reader(_ id: Int64) async throws -> Subscriber {
        guard let reader = try await desk.database.subscribers.subscriber(id: id) else { throw HTTPError(.notFound) }
        return reader
    }
}
