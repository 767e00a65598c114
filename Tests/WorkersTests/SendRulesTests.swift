import Foundation
import Testing
import Transport

@testable import Workers

@Suite("Whose fault a refusal is")
struct RefusalCauseTests {
    @Test(
        "enhanced codes say it; without them the stage and the words do",
        arguments: [
            ("550 5.1.1 no such user", SendStage.rcpt, RefusalCause.mailbox),
            ("550 5.1.10 null MX", .rcpt, .mailbox),
            ("550 5.2.1 mailbox disabled", .rcpt, .mailbox),
            ("550 5.1.1 sending rate exceeded", .rcpt, .policy),
            ("550 5.1.1 blocked using a blacklist", .rcpt, .policy),
            ("550 5.1.1 mailbox full", .rcpt, .fullMailbox),
            ("550 5.1.0 no such sender", .mail, .relay),
            ("550 5.1.8 sender domain does not resolve", .rcpt, .relay),
            ("553 5.1.7 bad sender", .mail, .relay),
            ("552 5.2.2 over quota", .rcpt, .fullMailbox),
            ("552 5.3.4 message too big", .mail, .message),
            ("554 5.6.0 cannot parse", .final, .message),
            ("550 5.7.1 blocked by our list", .rcpt, .policy),
            ("550 5.7.1 blocked by our list", .mail, .relay),
            ("530 5.7.0 authentication required", .mail, .relay),
            ("535 5.7.8 bad credentials", .mail, .relay),
            ("503 5.5.1 bad sequence", .data, .relay),
            ("550 User unknown", .rcpt, .mailbox),
            ("550 Requested action not taken: mailbox unavailable", .rcpt, .policy),
            ("550 spam detected", .final, .policy),
            ("552 too much mail data", .final, .message),
            ("554 no service", .mail, .relay),
            ("554 rejected", .rcpt, .policy),
        ])
    func table(text: String, stage: SendStage, cause: RefusalCause) throws {
        let words = text.split(separator: " ", maxSplits: 1)
        let rest = words[1].split(separator: " ", maxSplits: 1)
        let enhanced = EnhancedStatus(parsing: rest[0])
        let line = enhanced == nil ? String(words[1]) : String(rest[1])
        let reply = SMTPReply(code: try #require(Int(words[0])), enhanced: enhanced, lines: [line])
        #expect(RefusalCause(reply, stage: stage) == cause)
    }
}

@Suite("The limits of sending")
struct RateLimiterTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    /// When each of some messages goes, in seconds, if each goes as soon as it may and is done at once.
    private func times(_ limits: SendLimits, _ domains: [String]) -> [Double] {
        var limiter = RateLimiter(limits)
        var now = start
        return domains.map { domain in
            while true {
                if case .at(let date) = limiter.admits(at: now) {
                    now = date
                } else if case .at(let date) = limiter.admits(to: domain, at: now) {
                    now = date
                } else {
                    break
                }
            }
            limiter.take(domain, at: now)
            limiter.returned(domain)
            return (now.timeIntervalSince(start) * 1000).rounded() / 1000
        }
    }

    @Test("without limits everything goes at once")
    func none() { #expect(times(SendLimits(), ["a", "a", "b"]) == [0, 0, 0]) }

    @Test("a rate spreads messages evenly")
    func rate() { #expect(times(SendLimits(perSecond: 4), ["a", "b", "c", "d"]) == [0, 0.25, 0.5, 0.75]) }

    @Test("a window holds back what is too many, and slides")
    func window() {
        let limits = SendLimits(windowMessages: 2, windowSeconds: 60)
        #expect(times(limits, ["a", "a", "a", "a", "a"]) == [0, 0, 60, 60, 120])
    }

    @Test("a domain's rate holds back only that domain")
    func domainRate() { #expect(times(SendLimits(perDomainMinute: 6), ["a", "b", "a", "b"]) == [0, 0, 10, 10]) }

    @Test("a domain's concurrency counts what is under way")
    func concurrency() {
        var limiter = RateLimiter(SendLimits(perDomain: 2))
        limiter.take("a", at: start)
        limiter.take("a", at: start)
        #expect(limiter.admits(to: "a", at: start) == .onReturn)
        #expect(limiter.admits(to: "b", at: start) == .now)
        limiter.returned("a")
        #expect(limiter.admits(to: "a", at: start) == .now)
    }
}

@Suite("The circuit breaker")
struct RefusalWatchTests {
    @Test("refusals between accepted messages are the recipients'; ten in a row are the relay's")
    func policy() {
        var watch = RefusalWatch()
        for _ in 1..<RefusalWatch.policyLimit { #expect(watch.refusedByPolicy() == .nothing) }
        #expect(watch.accepted() == .settle)
        for _ in 1..<RefusalWatch.policyLimit { #expect(watch.refusedByPolicy() == .nothing) }
        #expect(watch.refusedByPolicy() == .open)
        #expect(watch.ended() == .nothing)
    }

    @Test("a relay that looks at no recipient opens it soon")
    func relay() {
        var watch = RefusalWatch()
        for _ in 1..<RefusalWatch.relayLimit { #expect(watch.refusedByRelay() == .nothing) }
        #expect(watch.refusedByRelay() == .open)
    }

    @Test("in a small round where nobody's mail was taken the relay is to blame; of one alone that cannot be known")
    func smallRounds() {
        var three = RefusalWatch()
        for _ in 1...3 { _ = three.refusedByPolicy() }
        #expect(three.ended() == .open)
        var one = RefusalWatch()
        _ = one.refusedByPolicy()
        #expect(one.ended() == .settle)
        var mixed = RefusalWatch()
        _ = mixed.accepted()
        for _ in 1...4 { _ = mixed.refusedByPolicy() }
        #expect(mixed.ended() == .settle)
    }

    @Test("what comes back after it opened, of messages that were under way, is not the recipients' either")
    func underWayWhenOpened() {
        var watch = RefusalWatch()
        for _ in 1..<RefusalWatch.policyLimit { #expect(watch.refusedByPolicy() == .nothing) }
        #expect(watch.refusedByPolicy() == .open)
        #expect(watch.refusedByPolicy() == .open)
        #expect(watch.ended() == .nothing)
        // Once it takes mail again, a refusal may be a recipient's again.
        #expect(watch.accepted() == .nothing)
        #expect(watch.refusedByPolicy() == .nothing)
        #expect(watch.ended() == .settle)
    }
}
