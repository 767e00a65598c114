import Digests
import Foundation
import Hummingbird
import Papers
import Store
import Workers

/// `/admin/mails`: the newest mails in a state, with what servers said of them.
struct AdminMails: Sendable {
    let desk: AdminDesk

    private static let listed = 50

    func list(_ request: Request) async throws -> Response {
        let query = FormFields(request.uri.query ?? "")
        let state = DeliveryState(rawValue: query["state"] ?? "") ?? .failed
        let before = query["before"].flatMap { WholeNumber.parse($0) } ?? .max
        let mails = try await desk.database.ledger.newest(in: state, before: before, limit: Self.listed + 1)
        return desk.answer(
            AdminMailsPage(
                state: state, mails: Array(mails.prefix(Self.listed)), hasMore: mails.count > Self.listed),
            notice: request.done)
    }

    func retry(_ id: Int64) async throws -> Response {
        do {
            let reader = try await desk.readers.retry(id, source: AdminDesk.source)
            desk.audit("mail \(id) retried")
            return desk.redirect(to: AdminSubscriberPage.path(reader.id), .retried)
        } catch let refusal as ServiceRefusal {
            guard let (_, reader) = try await desk.database.bounces.origin(of: id) else { throw HTTPError(.notFound) }
            return try await AdminSubscribers(desk: desk).show(reader.id, problem: refusal.description)
        }
    }
}

struct AdminMailsPage: AdminPage {
    static let template = TemplateName.adminMails
    let title = "Mails"
    let section: AdminSection? = .mails

    var state: DeliveryState
    var mails: [LedgerLine]
    var hasMore: Bool

    func context(_ words: AdminWords) -> TemplateContext {
        var context = TemplateContext([
            "stateName": state.rawValue,
            "nextURL": hasMore ? mails.last.map { "/admin/mails?state=\(state.rawValue)&before=\($0.id)" } : nil,
        ])
        context.set(
            "states",
            [DeliveryState.failed, .deferred, .pending, .sending, .sent, .skipped].map { choice in
                var context = TemplateContext(["value": choice.rawValue, "label": choice.rawValue.capitalized])
                context.set("isChosen", choice == state)
                return context
            })
        context.set("hasMails", !mails.isEmpty)
        context.set("mails", mails.map { row($0, words) })
        return context
    }

    private func row(_ mail: LedgerLine, _ words: AdminWords) -> TemplateContext {
        var context = TemplateContext([
            "id": String(mail.id), "reader": mail.address, "readerURL": AdminSubscriberPage.path(mail.subscriberID),
            "kind": mail.kind.rawValue, "slot": mail.slot, "state": mail.state.rawValue,
            "tone": mail.state.tone.rawValue,
            "written": words.time(mail.createdAt), "attempts": Self.attempts(mail.attempts), "reply": mail.lastReply,
            "next": mail.state == .deferred ? words.time(mail.nextAttemptAt) : nil,
        ])
        context.set("canRetry", mail.state.isRefused)
        return context
    }

    static func attempts(_ count: Int) -> String { count == 1 ? "1 attempt" : "\(count) attempts" }
}
