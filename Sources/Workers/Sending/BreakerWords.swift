import Foundation
import Mail
import Store

/// What operators are told of somebody who refuses everybody: what happened, since when, who waits, what was said, and what to
/// do. The same in the log, in `doctor` and on the operator's pages.
public struct BreakerWords: Sendable {
    private let breaker: Breaker

    public init(_ breaker: Breaker) { self.breaker = breaker }

    /// One sentence.
    public var found: String {
        let since = breaker.openedAt.formatted(.iso8601)
        return "\(who) \(what) since \(since); \(count); it said “\(said)”"
    }

    /// How to mend it.
    public var mend: String {
        switch (breaker.scope, breaker.kind) {
        case (_, .size):
            return "have the limit for the size of a message raised, or set digest.max_papers lower"
        case (.relay, .internationalised):
            return "add a mail server that offers SMTPUTF8 to smtp.url, or turn it on (Postfix: smtputf8_enable = yes)"
        case (_, .internationalised): return "there is no remedy here: the receiver takes only ASCII addresses"
        case (.relay, .expired): return "ask the mail server's operator about quotas and limits, and read its log"
        case (.relay, _):
            return
                "ask the mail server's operator: a login, a quota, a block list or a filter; no reader loses a subscription, and sending resumes by itself"
        case (_, .policy), (_, .content):
            return
                "look the sending address up in block lists and ask the receiver's postmaster to unblock it; no reader loses a subscription, and sending resumes by itself"
        case (_, .unknownMailbox):
            return
                "tell the receiver's postmaster that nearly all of its mailboxes are unknown; no reader loses a subscription, and sending resumes by itself"
        default: return "ask the receiver's postmaster; no reader loses a subscription, and sending resumes by itself"
        }
    }

    /// That it is over.
    var end: String { "\(who) no longer \(what): it had since \(breaker.openedAt.formatted(.iso8601))" }

    /// What servers say quotes addresses, which are for no log.
    private var said: String { HeaderText.shortened(Redactor.redacted(breaker.said), to: 300) }

    private var who: String {
        switch breaker.scope {
        case .relay: breaker.name.isEmpty ? "the mail server" : "the mail server \(breaker.name)"
        case .domain: breaker.name
        case .provider: "a provider of several domains"
        }
    }

    private var what: String {
        let mails = breaker.holds || breaker.scope != .relay ? "all mail" : "the mail of many readers"
        return switch breaker.kind {
        case .policy: "refuses \(mails)"
        case .content: "refuses \(mails) for its content"
        case .unknownMailbox: "reports nearly every mailbox as unknown"
        case .fullMailbox: "reports nearly every mailbox as full"
        case .undeliverable: "cannot deliver \(mails)"
        case .expired: "puts \(mails) off again and again"
        case .size: "accepts only mails smaller than the smallest digest"
        case .internationalised: "accepts only ASCII addresses (no SMTPUTF8)"
        }
    }

    private var count: String {
        let waiting = max(breaker.waiting, breaker.holds ? 0 : breaker.readers)
        return waiting == 1 ? "1 reader waits" : "\(waiting) readers wait"
    }

    /// Logs those that opened and have not been told of.
    static func tellNews(_ installation: Installation) async throws {
        for breaker in try await installation.database.breakers.news(at: installation.clock.now) {
            let words = BreakerWords(breaker)
            installation.logger.error("\(words.found): \(words.mend)")
        }
    }
}
