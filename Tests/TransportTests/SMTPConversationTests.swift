import TestTools
import Testing

@testable import Transport

@Suite("SMTP conversations")
struct SMTPConversationTests {
    static let pipelining: SMTPCapabilities = {
        var capabilities = SMTPCapabilities()
        capabilities.pipelining = true
        return capabilities
    }()

    /// Runs messages against a table of replies and writes down who said what, one element a write.
    struct Play {
        var writes: [String] = []
        var outcomes: [String] = []
        var ended = false

        init(_ count: Int, pipelining: Bool, _ replies: [String: String] = [:]) {
            var conversation = SMTPConversation(
                capabilities: pipelining ? SMTPConversationTests.pipelining : SMTPCapabilities())
            for id in 1...count { conversation.submit(SMTPConversationTests.message(id), id: id) }
            var inText = false
            var isClosed = false
            while !isClosed {
                let output = String(decoding: conversation.takeOutput(), as: UTF8.self)
                if output.isEmpty { break }
                writes.append(output.replacing("\r\n", with: "|"))
                var answer = ""
                for line in output.split(separator: "\r\n") {
                    if inText, line != "." { continue }
                    let command = line == "." ? "." : String(line)
                    inText = false
                    let reply = Self.reply(to: command, replies)
                    if reply == "drop" {
                        isClosed = true
                        break
                    }
                    answer += reply + "\r\n"
                    inText = reply.hasPrefix("354")
                }
                conversation.receive(Array(answer.utf8))
                if isClosed {
                    let written = writes.joined().utf8.count * 2
                    conversation.connectionLost(TransportError(.interrupted, "gone"), written: written)
                }
            }
            outcomes = conversation.takeOutcomes().map { "\($0.0) \(Self.name($0.1))" }
            ended = conversation.ended != nil
        }

        private static func reply(to command: String, _ replies: [String: String]) -> String {
            if let special = replies.first(where: { command.hasPrefix($0.key) }) { return special.value }
            return command == "DATA" ? "354 go" : "250 2.0.0 ok"
        }

        static func name(_ outcome: SendOutcome) -> String {
            switch outcome {
            case .accepted(let reply): "accepted \(reply.code)"
            case .deferred(let reply, let stage): "deferred \(reply.code) \(stage)"
            case .refused(let reply, let stage): "refused \(reply.code) \(stage)"
            case .failed: "failed"
            case .lost: "lost"
            }
        }
    }

    static func message(_ id: Int) -> OutgoingMessage {
        OutgoingMessage(sender: "s@x.example", recipient: "r\(id)@x.example", bytes: Array("text\(id)\r\n".utf8))
    }

    @Test("without PIPELINING each command waits for its reply")
    func stepByStep() {
        let play = Play(2, pipelining: false)
        #expect(
            play.writes == [
                "MAIL FROM:<s@x.example>|", "RCPT TO:<r1@x.example>|", "DATA|", "text1|.|",
                "MAIL FROM:<s@x.example>|", "RCPT TO:<r2@x.example>|", "DATA|", "text2|.|",
            ])
        #expect(play.outcomes == ["1 accepted 250", "2 accepted 250"])
    }

    @Test("with PIPELINING the end of a message and the next envelope share one write: a round trip a message")
    func acrossMessages() {
        let play = Play(3, pipelining: true)
        #expect(
            play.writes == [
                "MAIL FROM:<s@x.example>|RCPT TO:<r1@x.example>|DATA|",
                "text1|.|MAIL FROM:<s@x.example>|RCPT TO:<r2@x.example>|DATA|",
                "text2|.|MAIL FROM:<s@x.example>|RCPT TO:<r3@x.example>|DATA|",
                "text3|.|",
            ])
        #expect(play.outcomes == ["1 accepted 250", "2 accepted 250", "3 accepted 250"])
    }

    @Test("a lone message takes two writes with PIPELINING")
    func alone() {
        #expect(Play(1, pipelining: true).writes.count == 2)
    }

    @Test(
        "a refusal at any stage ends its message only, and the next is sent after RSET where a transaction was open",
        arguments: [
            ("MAIL", "451 4.7.1 later", "deferred 451 mail", false),
            ("MAIL", "550 5.7.1 no", "refused 550 mail", false),
            ("RCPT TO:<r1", "550 5.1.1 unknown", "refused 550 rcpt", true),
            ("RCPT TO:<r1", "450 4.2.0 greylisted", "deferred 450 rcpt", true),
            ("DATA", "451 4.3.0 busy", "deferred 451 data", true),
            ("DATA", "554 5.5.1 no", "refused 554 data", true),
            (".", "550 5.7.1 spam", "refused 550 final", false),
            (".", "452 4.3.1 full", "deferred 452 final", false),
        ])
    func refusals(command: String, reply: String, outcome: String, resets: Bool) {
        let play = Play(2, pipelining: false, [command: reply])
        #expect(play.outcomes.first == "1 \(outcome)")
        #expect(play.writes.contains("RSET|") == resets)
        #expect(play.outcomes.count == 2)
        #expect(!play.ended)
    }

    @Test("pipelined after a refused recipient, DATA is refused too and the first refusal is the one reported")
    func pipelinedRefusal() {
        let play = Play(2, pipelining: true, ["RCPT TO:<r1": "550 5.1.1 unknown"])
        // The server of the play says 354 although no recipient was taken: an empty text answers it.
        #expect(
            play.writes == [
                "MAIL FROM:<s@x.example>|RCPT TO:<r1@x.example>|DATA|", ".|",
                "RSET|MAIL FROM:<s@x.example>|RCPT TO:<r2@x.example>|DATA|", "text2|.|",
            ])
        #expect(play.outcomes == ["1 refused 550 rcpt", "2 accepted 250"])
        let strict = Play(2, pipelining: true, ["RCPT": "550 5.1.1 unknown", "DATA": "554 5.5.1 no valid recipients"])
        #expect(strict.outcomes == ["1 refused 550 rcpt", "2 refused 550 rcpt"])
        #expect(strict.writes.last == "RSET|MAIL FROM:<s@x.example>|RCPT TO:<r2@x.example>|DATA|")
    }

    @Test("pipelined, a refusal at the end of one message does not touch the next, whose envelope is on its way")
    func pipelinedFinalRefusal() {
        let play = Play(3, pipelining: true, [".": "550 5.7.1 spam"])
        #expect(play.outcomes == ["1 refused 550 final", "2 refused 550 final", "3 refused 550 final"])
        #expect(play.writes.count == 4)
    }

    @Test(
        "421 at any stage defers its message, and the others are known not to be delivered",
        arguments: [false, true], [("MAIL", "mail"), ("RCPT", "rcpt"), ("DATA", "data"), (".", "final")])
    func closing(pipelining: Bool, at place: (command: String, stage: String)) {
        let play = Play(3, pipelining: pipelining, [place.command: "421 4.3.2 shutting down"])
        #expect(play.outcomes == ["1 deferred 421 \(place.stage)", "2 failed", "3 failed"])
        #expect(play.ended)
    }

    @Test(
        "a connection dropped before the end of a message leaves it undelivered, after it unknown",
        arguments: [("MAIL", "failed"), ("RCPT", "failed"), ("DATA", "failed"), (".", "lost")])
    func dropped(command: String, outcome: String) {
        for pipelining in [false, true] {
            let play = Play(2, pipelining: pipelining, [command: "drop"])
            #expect(play.outcomes == ["1 \(outcome)", "2 failed"])
        }
    }

    @Test("a message whose end has not left this machine is known not to be delivered")
    func unwrittenEnd() {
        for (missing, name) in [(1, "failed"), (0, "lost")] {
            var conversation = SMTPConversation(capabilities: Self.pipelining)
            conversation.submit(Self.message(1), id: 1)
            let envelope = conversation.takeOutput().count
            conversation.receive(Array("250 ok\r\n250 ok\r\n354 go\r\n".utf8))
            let text = conversation.takeOutput().count
            conversation.connectionLost(TransportError(.interrupted, "gone"), written: envelope + text - missing)
            #expect(conversation.takeOutcomes().map { Play.name($0.1) } == [name])
        }
    }

    @Test("a message that is ready only when the one before is under way still follows without a wait")
    func lateSubmission() {
        var conversation = SMTPConversation(capabilities: Self.pipelining)
        conversation.submit(Self.message(1), id: 1)
        _ = conversation.takeOutput()
        conversation.receive(Array("250 ok\r\n250 ok\r\n354 go\r\n".utf8))
        _ = conversation.takeOutput()
        #expect(conversation.awaitsFinalReply)
        conversation.submit(Self.message(2), id: 2)
        #expect(String(decoding: conversation.takeOutput(), as: UTF8.self).hasPrefix("MAIL"))
        conversation.receive(Array("250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n".utf8))
        #expect(conversation.takeOutcomes().map(\.0) == [1])
        #expect(conversation.takeOutput() == Array("text2\r\n.\r\n".utf8))
    }

    @Test(
        "a server that breaks the protocol ends the connection",
        arguments: [
            "250 ok\r\n250 ok\r\n250 ok\r\n", "hello\r\n", "354 what\r\n",
            "250 a\r\n250 b\r\n354 go\r\n250 c\r\n250 d\r\n",
        ])
    func violations(bytes: String) {
        var conversation = SMTPConversation(capabilities: Self.pipelining)
        conversation.submit(Self.message(1), id: 1)
        _ = conversation.takeOutput()
        conversation.receive(Array(bytes.utf8))
        #expect(conversation.ended?.kind == .protocolViolation)
        #expect(conversation.takeOutcomes().count == 1)
        conversation.submit(Self.message(2), id: 2)
        #expect(conversation.takeOutcomes().map { Play.name($0.1) } == ["failed"])
    }

    @Test("an unasked 421 on an idle connection ends it, and messages given later are known not to be sent")
    func idleClose() {
        var conversation = SMTPConversation(capabilities: Self.pipelining)
        conversation.receive(Array("421 4.4.2 idle too long\r\n".utf8))
        conversation.submit(Self.message(1), id: 1)
        #expect(conversation.takeOutput().isEmpty)
        #expect(conversation.takeOutcomes().map { Play.name($0.1) } == ["failed"])
    }

    @Test("QUIT is said only when nothing is under way")
    func quitting() {
        var conversation = SMTPConversation(capabilities: Self.pipelining)
        conversation.submit(Self.message(1), id: 1)
        conversation.quit()
        #expect(!String(decoding: conversation.takeOutput(), as: UTF8.self).contains("QUIT"))
        conversation.receive(Array("550 no\r\n503 no\r\n503 no\r\n".utf8))
        conversation.quit()
        #expect(String(decoding: conversation.takeOutput(), as: UTF8.self) == "QUIT\r\n")
        conversation.receive(Array("221 bye\r\n".utf8))
        #expect(!conversation.awaitsReply)
    }

    @Test("whatever a server says and whenever it hangs up, each message gets exactly one outcome")
    func oneOutcomeEach() {
        let replies = [
            "250 ok", "250-a\r\n250 b", "354 go", "421 bye", "450 later", "550 no", "220 hi", "bad", "25",
            "503 5.5.1 order",
        ]
        for seed in 0..<4_000 {
            var random = SplitMix64(seed: UInt64(seed))
            let profile =
                Bool.random(using: &random) ? SMTPRelayProfile(fixed: .full) : SMTPRelayProfile()
            var conversation = SMTPConversation(
                capabilities: Bool.random(using: &random) ? Self.pipelining : SMTPCapabilities(), profile: profile)
            var submitted = 0
            var written = 0
            var outcomes: [Int] = []
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                if submitted < 4, Bool.random(using: &random) {
                    submitted += 1
                    conversation.submit(Self.message(submitted), id: submitted)
                }
                written += conversation.takeOutput().count
                // Mostly what the conversation hopes for, so that it gets far.
                let hoped = conversation.awaitsFinalReply ? ["250 ok"] : ["250 ok", "250 ok", "354 go"]
                let reply =
                    Int.random(in: 0..<4, using: &random) > 0
                    ? hoped.randomElement(using: &random) : replies.randomElement(using: &random)
                conversation.receive(Array("\(reply ?? "")\r\n".utf8))
                if Int.random(in: 0..<20, using: &random) == 0 {
                    conversation.now += .seconds(20)
                    conversation.checkLateness()
                }
                outcomes += conversation.takeOutcomes().map(\.0)
            }
            conversation.connectionLost(TransportError(.interrupted, "gone"), written: written)
            outcomes += conversation.takeOutcomes().map(\.0)
            #expect(outcomes.sorted() == Array(1..<(submitted + 1)), "seed \(seed)")
        }
    }
}

extension SMTPConversation {
    /// The bytes to write, all that are ready.
    mutating func takeOutput() -> [UInt8] {
        var bytes: [UInt8] = []
        takeOutput(into: &bytes)
        return bytes
    }
}
