import Foundation
import Logging
import Loopback
import Mail
import Store
import Synchronization
import TestSupport
import Testing

@testable import Workers

/// Mornings on which somebody refuses everybody.
private final class Mornings: Sendable {
    let test: TestInstallation
    /// The same, with a log of its own where one is wanted.
    private let sending: Installation
    private let returned = Mutex(0)

    /// The bounce that comes back for a recipient of a mail that the relay took: its status and what was said; nil for none.
    typealias Returns = @Sendable (_ recipient: String) -> (status: String, said: String)?

    static let pairs = (1...12).flatMap { domain in (1...2).map { "reader\($0)@small\(domain).example" } }
    static let big = (1...12).map { "reader\($0)@big.example" }
    /// The pairs, each after six of one large domain.
    static let among = pairs.enumerated().flatMap { index, reader in
        (1...6).map { "reader\(index)-\($0)@big.example" } + [reader]
    }
    static let dead = "gone@other.example"

    init(
        _ readers: [String], script: @escaping @Sendable (SMTPEvent) -> SMTPAction = { _ in .proceed },
        extensions: [String]? = nil, environment: [String: String] = [:],
        log: (@Sendable (String) -> Void)? = nil
    ) async throws {
        var options = SMTPReceiverOptions()
        if let extensions { options.extensions = extensions }
        options.script = script
        test = try await TestInstallation(
            receiver: options,
            environment: ["BROADSHEET_BOUNCES_ADDRESS": "bounces+*@example.org"].merging(environment) { $1 })
        let label = "broadsheet"
        let installation = test.installation
        sending =
            if let log {
                try await Installation(
                    settings: installation.settings, clock: test.clock.clock,
                    logger: Logger(label: label) { LineLogHandler(label: $0, format: .text, level: .info, write: log) })
            } else {
                installation
            }
        for reader in readers {
            _ = try await test.desk.add(
                try Address(reader), interests: Interests(topics: ["diffusion"]), source: "test")
        }
    }

    /// One morning from its digests on for some hours: rounds of sending, and what comes back of them.
    func run(_ day: Int, returns: Returns = { _ in nil }) async throws {
        test.clock.move(to: TestInstallation.morning.addingTimeInterval(Double(day) * 86_400))
        try await test.store(["Diffusion, part \(day)"], firstID: 100 + day)
        _ = try await Scheduler(test.installation).round()
        for _ in 0..<6 {
            _ = try? await Sender(sending, chance: { 0 }).drain()
            test.clock.advance(by: 300)
            try await takeReturns(returns)
            test.clock.advance(by: 1800)
        }
    }

    private func takeReturns(_ returns: Returns) async throws {
        let messages = await test.receiver.messages()
        let desk = BounceService(test.installation)
        for message in messages.dropFirst(returned.withLock { $0 }) {
            guard let recipient = message.recipients.first, let (status, said) = returns(recipient) else { continue }
            let fields = """
                Final-Recipient: rfc822; \(recipient)
                Action: failed
                Status: \(status)
                Diagnostic-Code: smtp; \(said)
                """
            let text = BounceShape.status("could not be delivered", fields, copy: "")
                .replacingOccurrences(of: "SENDER", with: message.sender)
                .replacingOccurrences(of: "\n", with: "\r\n")
            _ = try await desk.take(Array(text.utf8))
        }
        returned.withLock { $0 = messages.count }
    }

    func states() async throws -> [SubscriberState: Int] {
        try await test.installation.database.subscribers.counts().filter { $0.value > 0 }
    }

    func open() async throws -> [Breaker] {
        try await test.installation.database.breakers.open(at: test.clock.now)
    }

    func state(of reader: String) async throws -> SubscriberState { try await test.subscriber(reader).state }
}

@Suite("Somebody who refuses everybody")
struct EverybodyRefusedTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var readers = Mornings.pairs + Mornings.big
        /// At this stage everybody is answered so whose address ends so.
        var stage = SMTPStage.rcpt
        var says: String?
        var of: @Sendable (String) -> Bool = { _ in true }
        var returns: (status: String, said: String)?
        var extensions: [String]?
        let scope: BlanketRefusal.Scope
        let kind: Breaker.Kind
        /// Whether a dead address is heard of behind it.
        var dead = false
        var testDescription: String { name }
    }

    private static let blocked = "550 5.7.1 Access denied, your address is listed"
    private static let ofBig: @Sendable (String) -> Bool = { $0.hasSuffix("@big.example") }
    private static let ofSmall: @Sendable (String) -> Bool = { $0.contains("@small") }

    private static let cases = [
        Case(name: "a next hop at RCPT", says: blocked, scope: .relay, kind: .policy),
        Case(name: "a relay at MAIL", stage: .mail, says: blocked, scope: .relay, kind: .policy),
        Case(name: "a quota at MAIL", stage: .mail, says: "452 4.3.1 quota used up", scope: .relay, kind: .policy),
        Case(
            name: "a quota at DATA", stage: .data, says: "550 5.7.0 quota of today used up", scope: .relay,
            kind: .policy),
        Case(name: "a quota at the end", stage: .final, says: "452 4.7.1 over quota", scope: .relay, kind: .expired),
        Case(name: "a block list at the end", stage: .final, says: "554 5.7.1 listed", scope: .relay, kind: .policy),
        Case(name: "a filter at the end", stage: .final, says: "554 5.6.0 not wanted", scope: .relay, kind: .content),
        Case(name: "a size at the end", stage: .final, says: "552 5.3.4 too big", scope: .relay, kind: .size),
        Case(
            name: "a size in EHLO", extensions: ["PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "SIZE 3000"],
            scope: .relay, kind: .size),
        Case(
            name: "one domain at RCPT", says: blocked, of: ofBig, scope: .domain, kind: .policy, dead: true),
        Case(
            name: "a provider of many domains at RCPT", readers: Mornings.among,
            says: blocked, of: ofSmall, scope: .provider, kind: .policy, dead: true),
        Case(name: "a next hop, by mail", returns: ("5.7.1", blocked), scope: .relay, kind: .policy, dead: true),
        Case(
            name: "one domain, by mail", of: ofBig, returns: ("5.7.1", blocked), scope: .domain, kind: .policy,
            dead: true
        ),
        Case(
            name: "a provider of many domains, by mail",
            readers: Mornings.among, of: ofSmall, returns: ("5.7.1", blocked),
            scope: .provider, kind: .policy, dead: true),
        Case(
            name: "a filter of one domain, by mail", of: ofBig, returns: ("5.6.0", "554 5.6.0 not wanted"),
            scope: .domain,
            kind: .content, dead: true),
    ]

    @Test("for ten mornings ends nobody, and is told on the first; who is dead among them ends", arguments: cases)
    private func tenMornings(_ test: Case) async throws {
        let dead = "550 5.1.1 no such user"
        let isOver = Atomic(false)
        let mornings = try await Mornings(
            test.readers + [Mornings.dead],
            script: { event in
                guard !isOver.load(ordering: .relaxed) else { return .proceed }
                if event.stage == .rcpt, event.argument == Mornings.dead, test.returns == nil, test.dead {
                    return .reply(dead)
                }
                guard event.stage == test.stage, let says = test.says else { return .proceed }
                return test.stage != .rcpt || test.of(event.argument) ? .reply(says) : .proceed
            }, extensions: test.extensions)
        for day in 0..<10 {
            try await mornings.run(day) { recipient in
                if recipient == Mornings.dead, test.returns != nil { return ("5.1.1", dead) }
                return test.of(recipient) ? test.returns : nil
            }
            let open = try await mornings.open()
            #expect(open.contains { $0.scope == test.scope && $0.kind == test.kind }, "day \(day): \(open)")
            let findings = await DeliveryCheck(
                database: mornings.test.installation.database, now: mornings.test.clock.now
            ).run()
            #expect(!findings.isEmpty && findings.allSatisfy { $0.state != .ok && $0.mend != nil })
        }
        #expect(
            try await mornings.states()
                == (test.dead
                    ? [.active: test.readers.count, .bounced: 1] : [.active: test.readers.count + 1]))
        #expect(try await mornings.state(of: Mornings.dead) == (test.dead ? .bounced : .active))
        // Once it is over everybody is mailed again, and the alarm goes by itself.
        isOver.store(true, ordering: .relaxed)
        guard test.extensions == nil else { return }
        let before = await mornings.test.receiver.messages().count
        for day in 10..<13 { try await mornings.run(day) }
        let readers = test.readers.count + (test.dead ? 0 : 1)
        #expect(await mornings.test.receiver.messages().count >= before + 2 * readers)
        #expect(try await mornings.open().isEmpty)
    }

    @Test("a domain whose directory fails ends nobody, whatever was ended before it showed is taken back")
    func unknownForAll() async throws {
        let isBroken = Atomic(false)
        for isByMail in [false, true] {
            isBroken.store(false, ordering: .relaxed)
            let mornings = try await Mornings(
                Mornings.pairs + Mornings.big,
                script: { event in
                    event.stage == .rcpt && event.argument.hasSuffix("@big.example") && !isByMail
                        && isBroken.load(ordering: .relaxed) ? .reply("550 5.1.1 user unknown") : .proceed
                })
            try await mornings.run(0)
            isBroken.store(true, ordering: .relaxed)
            for day in 1..<4 {
                try await mornings.run(day) { recipient in
                    recipient.hasSuffix("@big.example") && isByMail ? ("5.1.1", "550 5.1.1 user unknown") : nil
                }
            }
            #expect(try await mornings.states() == [.active: 36])
            #expect(try await mornings.open().map(\.kind) == [.unknownMailbox])
            #expect(try await mornings.test.installation.database.suppressions.list().isEmpty)
            isBroken.store(false, ordering: .relaxed)
            for day in 4..<6 { try await mornings.run(day) }
            #expect(try await mornings.open().isEmpty)
            #expect(try await mornings.test.installation.database.ledger.backlog()[.deferred] == nil)
        }
    }

    @Test("of an old list the dead end, at the first morning and as many as there are")
    func oldList() async throws {
        let readers = (1...50).map { "reader\($0)@big.example" }
        for share in [20, 50] {
            let dead = Set(readers.prefix(share))
            let mornings = try await Mornings(
                readers,
                script: { event in
                    event.stage == .rcpt && dead.contains(event.argument) ? .reply("550 5.1.1 user unknown") : .proceed
                })
            try await mornings.run(0)
            #expect(try await mornings.states()[.bounced] == share)
            #expect(try await mornings.open().isEmpty)
        }
    }

    @Test("a reader whom a domain refuses alone while it takes others ends after ten mornings, as ever")
    func alone() async throws {
        let mornings = try await Mornings(
            Mornings.big,
            script: { event in
                event.stage == .rcpt && event.argument == "reader3@big.example" ? .reply(Self.blocked) : .proceed
            })
        for day in 0..<9 { try await mornings.run(day) }
        #expect(try await mornings.state(of: "reader3@big.example") == .active)
        try await mornings.run(9)
        #expect(try await mornings.state(of: "reader3@big.example") == .bounced)
        #expect(try await mornings.states()[.active] == 11)
    }

    @Test("readers beyond ASCII wait where no relay offers SMTPUTF8, and go over one that does")
    func internationalised() async throws {
        let reader = "größe@other.example"
        let plain = ["PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES"]
        let lacking = try await Mornings(["ada@other.example", reader], extensions: plain)
        for day in 0..<10 { try await lacking.run(day) }
        #expect(try await lacking.states() == [.active: 2])
        #expect(try await lacking.open().map(\.kind) == [.internationalised])
        #expect(await lacking.test.receiver.messages().count == 10)

        var options = SMTPReceiverOptions()
        options.extensions = plain + ["SMTPUTF8"]
        let able = try await SMTPReceiver.start(options: options)
        options.extensions = plain
        let unable = try await SMTPReceiver.start(options: options)
        let both = try await Mornings(
            [reader],
            environment: [
                "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(unable.port)*9 smtp://127.0.0.1:\(able.port)",
                "BROADSHEET_SMTP_CONNECTIONS": "1",
            ])
        try await both.run(0)
        #expect(await able.messages().map(\.recipients) == [[reader]])
        #expect(try await both.open().isEmpty)
        await able.stop()
        await unable.stop()
    }

    @Test("the log tells once what was said, since when, who waits and what to do, and when it is over")
    func log() async throws {
        let lines = Mutex<[String]>([])
        let isBlocked = Atomic(true)
        let mornings = try await Mornings(
            Mornings.pairs + Mornings.big,
            script: { event in
                event.stage == .rcpt && Self.ofBig(event.argument) && isBlocked.load(ordering: .relaxed)
                    ? .reply("550 5.7.1 <\(event.argument)>: \(Self.blocked.dropFirst(10))") : .proceed
            },
            log: { line in lines.withLock { $0.append(line) } })
        try await mornings.run(0)
        let told = lines.withLock { $0.filter { $0.contains(" error ") } }
        #expect(told.count == 1)
        let line = told.first ?? ""
        for part in [
            "big.example refuses all mail since 2026-11-24T07:", "12 readers wait", "…@big.example",
            "your address is listed", "postmaster",
        ] { #expect(line.contains(part), "\(line)") }
        isBlocked.store(false, ordering: .relaxed)
        try await mornings.run(1)
        #expect(lines.withLock { $0.contains { $0.contains("big.example no longer refuses all mail") } })
    }
}
