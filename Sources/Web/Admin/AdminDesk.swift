import Core
import Digests
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Store
import Workers

/// What all of the operator's pages share.
struct AdminDesk: Sendable {
    let installation: Installation

    /// Who did it, in the consent log.
    static let source = "admin"

    var now: Date { installation.clock.now }
    var database: Store.Database { installation.database }
    var readers: SubscriptionService { SubscriptionService(installation) }
    private var zone: CivilZone { installation.settings.digestTimeZone }

    /// A page as an answer, in English, whatever the browser likes best.
    func answer(
        _ page: some AdminPage, notice: AdminNotice? = nil, problem: String? = nil,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let templates = installation.templates[.english]
        let html = templates.render(
            type(of: page).template,
            page.fullContext(
                AdminWords(texts: templates.texts, zone: zone, now: now), site: installation.appearance, notice: notice,
                problem: problem))
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: html)))
    }

    /// Leads to a page that says what was done; to load it anew does nothing again.
    func redirect(to path: String, _ notice: AdminNotice? = nil) -> Response {
        .redirect(to: path + (notice.map { "?done=\($0.rawValue)" } ?? ""), type: .normal)
    }

    /// Notes in the log what the consent log, which is about readers, has no line for as well.
    func audit(_ text: String) { installation.logger.notice("admin: \(text)") }
}

/// What was done just now.
enum AdminNotice: String, Sendable, CaseIterable {
    case paused, resumed, unsubscribed, reactivated, released, retried, asked, enabled, disabled

    var text: String {
        switch self {
        case .paused: "Paused until resumed. Waiting digests are not sent."
        case .resumed: "Resumed. The next digest comes at its time."
        case .unsubscribed: "Unsubscribed. Readers get a last mail that says so."
        case .reactivated: "Active again. The next digest comes at its time."
        case .released: "Released. They can subscribe again."
        case .retried: "The mail is waiting to be sent."
        case .asked: "The feed is fetched within half a minute."
        case .enabled: "The feed is fetched again."
        case .disabled: "The feed is no longer fetched."
        }
    }
}

/// How the operator's pages write times and numbers.
struct AdminWords: Sendable {
    let texts: Texts
    let zone: CivilZone
    let now: Date

    /// `2026-11-23 08:00`
    func time(_ date: Date) -> String { "\(zone.day(of: date)) \(zone.time(of: date))" }

    func number(_ number: Int) -> String { texts.number(number) }

    /// `23 Nov`
    func day(_ day: CivilDate) -> String {
        texts.short(day).split(separator: "\u{A0}").prefix(2).joined(separator: " ")
    }

    /// `3 h` ago or ahead, in the unit that tells enough.
    func span(_ seconds: TimeInterval) -> String {
        switch abs(seconds) {
        case ..<90: "\(Int(abs(seconds))) s"
        case ..<5400: "\(Int(abs(seconds) / 60)) min"
        case ..<172_800: "\(Int(abs(seconds) / 3600)) h"
        default: "\(Int(abs(seconds) / 86_400)) days"
        }
    }
}
