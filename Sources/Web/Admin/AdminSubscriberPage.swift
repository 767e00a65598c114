import Core
import Digests
import Foundation
import Store
import Workers

/// Everything about one reader that an operator needs to mend something.
struct AdminSubscriberPage: AdminPage {
    static let template = TemplateName.adminSubscriber
    var title: String { reader.address.description }
    let section: AdminSection? = .subscribers

    var reader: Subscriber
    /// Why the address must not be mailed; nil where it may.
    var suppression: String?
    /// The newest first.
    var mails: [DeliveryRecord] = []
    var bounces: [BounceRecord] = []
    /// The consent log, the oldest first.
    var events: [Consent] = []
    /// Why they left, if they said so.
    var reason: LeavingReason?
    private let topics: [String: String]

    init(reader: Subscriber, topics: [(slug: String, title: String)]) {
        self.reader = reader
        self.topics = Dictionary(topics.map { ($0.slug, $0.title) }, uniquingKeysWith: { first, _ in first })
    }

    static func path(_ id: Int64) -> String { "/admin/subscribers/\(id)" }

    /// `daily at 07:00, Europe/Berlin`
    static func schedule(_ schedule: DeliverySchedule) -> String {
        "\(schedule.cadence.rawValue) at \(schedule.time), \(schedule.timeZone.identifier)"
    }

    func context(_ words: AdminWords) -> TemplateContext {
        var context = TemplateContext([
            "address": reader.address.description, "path": Self.path(reader.id), "state": reader.state.rawValue,
            "tone": reader.state.tone.rawValue, "suppression": suppression,
            "topics": reader.interests.topics.map { topics[$0] ?? $0 }.joined(separator: ", "),
            "authors": reader.interests.authors.map(\.text).joined(separator: "; "),
            "mostWords": String(SubscriptionService.mostOperatorWords),
        ])
        setActs(in: &context)
        context.set("facts", facts(words))
        context.set("hasFilters", !reader.interests.filters.isEmpty)
        context.set("filters", reader.interests.filters.map { TemplateContext(["filter": $0]) })
        context.set("hasMails", !mails.isEmpty)
        context.set("mails", mails.map { row($0, words) })
        context.set("hasBounces", !bounces.isEmpty)
        context.set(
            "bounces",
            bounces.map {
                TemplateContext([
                    "fault": $0.fault.rawValue, "diagnostic": $0.diagnostic, "received": words.time($0.receivedAt),
                    "source": $0.source,
                ])
            })
        context.set(
            "events",
            events.reversed().map {
                TemplateContext(["event": $0.event, "source": $0.source, "at": words.time($0.at)])
            })
        return context
    }

    private func setActs(in context: inout TemplateContext) {
        context.set("canPause", reader.state == .active)
        context.set("canResume", reader.state == .paused)
        context.set("canLeave", [.pending, .active, .paused, .bounced].contains(reader.state))
        context.set("canReactivate", [.bounced, .complained, .unsubscribed, .pending].contains(reader.state))
        context.set("isComplaint", reader.state == .complained)
        context.set("canPreview", true)
    }

    private func facts(_ words: AdminWords) -> [TemplateContext] {
        let facts: [(String, String?)] = [
            ("Schedule", Self.schedule(reader.schedule)),
            ("Next digest", reader.nextDigestAt.map(words.time)),
            ("Paused until", reader.resumeDay),
            ("Papers", "at most \(reader.maxPapers)\(reader.seesBeyond ? ", and some beyond their interests" : "")"),
            ("Language", reader.language?.ownName),
            ("Typed in", words.time(reader.createdAt)),
            ("Confirmed", reader.confirmedAt.map(words.time)),
            ("Left", reader.leftAt.map(words.time)),
            ("Because", reason.map { [$0.choice, $0.words].filter { !$0.isEmpty }.joined(separator: ": ") }),
        ]
        return facts.compactMap { label, value in
            value.map { TemplateContext(["label": label, "value": $0]) }
        }
    }

    private func row(_ mail: DeliveryRecord, _ words: AdminWords) -> TemplateContext {
        var context = TemplateContext([
            "id": String(mail.id), "kind": mail.kind.rawValue, "slot": mail.slot, "state": mail.state.rawValue,
            "tone": mail.state.tone.rawValue, "written": words.time(mail.createdAt),
            "attempts": AdminMailsPage.attempts(mail.attempts),
            "reply": mail.lastReply, "messageID": mail.messageID,
            "next": mail.state == .deferred ? words.time(mail.nextAttemptAt) : nil,
            "recipient": mail.otherRecipient?.description,
        ])
        context.set("canRetry", mail.state.isRefused)
        return context
    }
}

/// A reader's next digest as text, and where the whole message is.
struct AdminPreviewPage: AdminPage {
    static let template = TemplateName.adminPreview
    let title = "The next digest"
    let section: AdminSection? = .subscribers

    var reader: Subscriber
    /// Nil where no paper matches.
    var digest: PreviewedDigest?

    func context(_ words: AdminWords) -> TemplateContext {
        let about =
            switch digest?.isRepeat {
            case nil: "No paper matches their topics and filters."
            case true?:
                "Nothing new matches; they may already have had these papers. Looking at this page sends nothing."
            case false?: "As it would be sent now. Looking at this page sends nothing."
            }
        var context = TemplateContext([
            "address": reader.address.description, "path": AdminSubscriberPage.path(reader.id), "about": about,
            "subject": digest?.subject,
        ])
        context.set("hasDigest", digest != nil)
        // The mail's own lines; the template escapes them.
        context.set("text", digest?.text)
        return context
    }
}

/// Asks before a subscription is ended: a press of a button beside others is easily a slip.
struct AdminUnsubscribePage: AdminPage {
    static let template = TemplateName.adminUnsubscribe
    var title: String { "Unsubscribe \(reader.address.description)?" }
    let section: AdminSection? = .subscribers

    var reader: Subscriber

    func context(_ words: AdminWords) -> TemplateContext {
        var context = TemplateContext([
            "address": reader.address.description, "path": AdminSubscriberPage.path(reader.id),
        ])
        context.set("saysGoodbye", reader.state.isReader)
        return context
    }
}
