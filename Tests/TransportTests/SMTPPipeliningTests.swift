import Testing

@testable import Transport

@Suite("How far ahead an SMTP relay can be sent commands")
struct SMTPPipeliningTests {
    /// One connection to a relay of which a profile is kept: what goes out, what comes back, what became of messages.
    struct Connection {
        var conversation: SMTPConversation
        var written = 0
        var outcomes: [String] = []
        private let begun: ContinuousClock.Instant

        init(_ profile: SMTPRelayProfile, messages: ClosedRange<Int>) {
            begun = .now
            conversation = SMTPConversation(
                capabilities: SMTPConversationTests.pipelining, profile: profile, now: begun)
            for id in messages { conversation.submit(SMTPConversationTests.message(id), id: id) }
        }

        /// What is to be sent now, lines joined by `|`, addresses left out.
        mutating func sent() -> String {
            let bytes = conversation.takeOutput()
            written += bytes.count
            return String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
                .map { $0.split(separator: " ")[0] }.joined(separator: "|")
        }

        /// Replies come, a word each: `ok`, `go`, or a reply.
        mutating func said(_ replies: String...) {
            let lines = replies.map { ["ok": "250 2.0.0 ok", "go": "354 go"][$0] ?? $0 }
            conversation.receive(Array(lines.map { $0 + "\r\n" }.joined().utf8))
            take()
        }

        mutating func lost() {
            conversation.connectionLost(TransportError(.interrupted, "gone"), written: written)
            take()
        }

        mutating func wait(_ time: Duration) {
            conversation.now += time
            conversation.checkLateness()
            take()
        }

        private mutating func take() {
            outcomes += conversation.takeOutcomes().map { "\($0.0) \(SMTPConversationTests.Play.name($0.1))" }
        }

        /// Sends a message whose envelope is taken, and says yes to its end.
        mutating func sendAlone() -> [String] {
            let envelope = sent()
            said("ok", "ok", "go")
            let text = sent()
            said("ok")
            return [envelope, text]
        }
    }

    private static let envelope = "MAIL|RCPT|DATA"

    @Test("a relay is sent one message alone, then a NOOP behind an end, then an envelope, and then all it can take")
    func learning() {
        let profile = SMTPRelayProfile()
        var one = Connection(profile, messages: 1...6)
        #expect(one.sendAlone() == [Self.envelope, "text1|."])
        #expect(one.sent() == Self.envelope)
        one.said("ok", "ok", "go")
        #expect(one.sent() == "text2|.|NOOP")
        one.said("ok")
        // Nothing follows before the NOOP is answered.
        #expect(one.sent() == "")
        one.said("ok")
        #expect(profile.traits.pipelining == nil)
        #expect(one.sent() == Self.envelope)
        one.said("ok", "ok", "go")
        #expect(one.sent() == "text3|.|" + Self.envelope)
        #expect(profile.traits.pipelining == nil)
        one.said("ok", "ok", "ok", "go")
        #expect(profile.traits == SMTPRelayTraits(pipelining: .full))
        #expect(one.sent() == "text4|.|" + Self.envelope)
        one.said("ok", "ok", "ok", "go")
        #expect(one.sent() == "text5|.|" + Self.envelope)
        #expect(one.outcomes == (1...4).map { "\($0) accepted 250" })
        // And at once on every other connection, and in the next process.
        for profile in [profile, SMTPRelayProfile(traits: profile.traits)] {
            var other = Connection(profile, messages: 1...2)
            #expect(other.sent() == Self.envelope)
            other.said("ok", "ok", "go")
            #expect(other.sent() == "text1|.|" + Self.envelope)
        }
    }

    @Test("only one connection tries at a time, and one that is gone leaves the trial to another")
    func oneTrial() {
        let profile = SMTPRelayProfile()
        var first = Connection(profile, messages: 1...3)
        _ = first.sendAlone()
        var connections = (0..<3).map { _ in Connection(profile, messages: 1...3) }
        connections.insert(first, at: 0)
        var texts: [String] = []
        for index in connections.indices {
            #expect(connections[index].sent() == Self.envelope)
            connections[index].said("ok", "ok", "go")
            texts.append(connections[index].sent())
        }
        #expect(texts.filter { $0.hasSuffix("NOOP") }.count == 1)
        #expect(texts.filter { $0.hasSuffix("|.") }.count == 3)
        connections[0].said("ok")
        connections[0].lost()
        #expect(profile.traits == SMTPRelayTraits())
        connections[1].said("ok")
        #expect(connections[1].sent() == Self.envelope)
        connections[1].said("ok", "ok", "go")
        #expect(connections[1].sent() == "text2|.|NOOP")
    }

    /// A profile as it is when the next end takes an envelope with it, for the first time or as always.
    private func ready(known: Bool) -> SMTPRelayProfile {
        let profile = SMTPRelayProfile(traits: SMTPRelayTraits(pipelining: known ? .full : nil))
        if !known {
            profile.observe(.alone(.zero), on: 99)
            _ = profile.permission(for: 99)
            profile.observe(.proved(.probe), on: 99)
        }
        return profile
    }

    /// Two messages, the second one's envelope behind the end of the first.
    private func followed(_ profile: SMTPRelayProfile) -> Connection {
        var connection = Connection(profile, messages: 1...3)
        #expect(connection.sent() == Self.envelope)
        connection.said("ok", "ok", "go")
        #expect(connection.sent() == "text1|.|" + Self.envelope)
        return connection
    }

    @Test(
        "a reply lost or garbled with something behind leaves one message in doubt, and from then on ends go alone",
        arguments: [true, false])
    func lostReply(known: Bool) {
        for garbled in [true, false] {
            let profile = ready(known: known)
            var connection = followed(profile)
            if garbled { connection.said("what?") } else { connection.lost() }
            #expect(connection.outcomes == ["1 lost", "2 failed", "3 failed"])
            #expect(profile.traits.pipelining == .envelope)
            #expect(profile.traits.reason?.isEmpty == false)
            for profile in [profile, SMTPRelayProfile(traits: profile.traits)] {
                var other = Connection(profile, messages: 1...3)
                for number in 1...3 { #expect(other.sendAlone() == [Self.envelope, "text\(number)|."]) }
            }
        }
    }

    @Test("a reply lost with nothing behind it, or behind an end that was not written, says nothing of the relay")
    func plainLoss() {
        let alone = SMTPRelayProfile()
        var connection = Connection(alone, messages: 1...1)
        _ = connection.sent()
        connection.said("ok", "ok", "go")
        _ = connection.sent()
        connection.lost()
        #expect(connection.outcomes == ["1 lost"])
        #expect(alone.traits == SMTPRelayTraits())
        let known = ready(known: true)
        var unwritten = followed(known)
        unwritten.written -= 200
        unwritten.lost()
        #expect(unwritten.outcomes == ["1 failed", "2 failed", "3 failed"])
        #expect(known.traits == SMTPRelayTraits(pipelining: .full))
    }

    @Test("a relay that swallows what follows an end is found by the NOOP, in seconds, and no message is in doubt")
    func swallowed() {
        let profile = SMTPRelayProfile()
        var connection = Connection(profile, messages: 1...4)
        _ = connection.sendAlone()
        _ = connection.sent()
        connection.said("ok", "ok", "go")
        #expect(connection.sent() == "text2|.|NOOP")
        connection.said("ok")
        #expect(connection.conversation.lateAt != nil)
        connection.wait(.seconds(1))
        #expect(connection.outcomes == ["1 accepted 250", "2 accepted 250"])
        connection.wait(.seconds(2))
        #expect(connection.outcomes.suffix(2) == ["3 failed", "4 failed"])
        #expect(connection.conversation.ended != nil)
        #expect(profile.traits.pipelining == .envelope)
        var next = Connection(profile, messages: 3...4)
        #expect(next.sendAlone() == [Self.envelope, "text3|."])
        #expect(next.sendAlone() == [Self.envelope, "text4|."])
    }

    @Test("an envelope that is swallowed behind an end goes again alone")
    func swallowedEnvelope() {
        let profile = ready(known: true)
        var connection = followed(profile)
        connection.said("ok")
        connection.wait(.seconds(16))
        #expect(connection.outcomes == ["1 accepted 250", "2 failed", "3 failed"])
        #expect(profile.traits.pipelining == .envelope)
        // Some read on in the middle of what was sent, and find it out of order.
        let other = ready(known: true)
        var confused = followed(other)
        confused.said("ok", "503 5.5.1 need MAIL")
        #expect(confused.outcomes == ["1 accepted 250", "2 failed", "3 failed"])
        #expect(other.traits.pipelining == .envelope)
    }

    @Test("an answer that is late with something behind it is waited for, but nothing more goes that way")
    func late() {
        let profile = ready(known: true)
        var connection = followed(profile)
        connection.wait(.seconds(14))
        #expect(connection.outcomes.isEmpty)
        connection.wait(.seconds(2))
        #expect(connection.outcomes == ["2 failed", "3 failed"])
        #expect(profile.traits.pipelining == .envelope)
        #expect(!connection.conversation.takesMessages)
        #expect(connection.conversation.awaitsFinalReply)
        connection.conversation.submit(SMTPConversationTests.message(4), id: 4)
        connection.said("ok")
        #expect(connection.outcomes.suffix(2) == ["4 failed", "1 accepted 250"])
        #expect(connection.conversation.ended != nil)
    }

    @Test("a relay that is slow with nothing behind may be as slow with something behind")
    func slow() {
        let profile = ready(known: true)
        #expect(profile.bound(.seconds(15)) == .seconds(15))
        let slow = SMTPRelayProfile()
        slow.observe(.alone(.seconds(20)), on: 1)
        #expect(slow.bound(.seconds(15)) == .seconds(200))
    }

    @Test("a relay that cannot take an envelope in one write is sent one command at a time")
    func stepByStep() {
        let closing = SMTPRelayProfile()
        for _ in 0..<2 {
            var connection = Connection(closing, messages: 1...1)
            #expect(connection.sent() == Self.envelope)
            connection.said("ok")
            connection.lost()
            #expect(connection.outcomes == ["1 failed"])
        }
        let swallowing = SMTPRelayProfile()
        var connection = Connection(swallowing, messages: 1...1)
        _ = connection.sent()
        connection.said("ok")
        connection.wait(.seconds(16))
        #expect(connection.outcomes == ["1 failed"])
        for profile in [closing, swallowing] {
            #expect(profile.traits.pipelining == .off)
            var next = Connection(profile, messages: 1...1)
            #expect(next.sent() == "MAIL")
        }
    }

    @Test("a relay that always closes after an end with something behind is found, though no message is ever in doubt")
    func closesBehind() {
        let profile = ready(known: true)
        for _ in 0..<3 {
            var connection = followed(profile)
            connection.said("ok")
            connection.lost()
            #expect(connection.outcomes == ["1 accepted 250", "2 failed", "3 failed"])
        }
        #expect(profile.traits.pipelining == .envelope)
    }

    @Test("what is set by hand is not learnt away", arguments: SMTPPipelining.allCases)
    func byHand(_ pipelining: SMTPPipelining) {
        let profile = SMTPRelayProfile(fixed: pipelining)
        var connection = Connection(profile, messages: 1...2)
        #expect(connection.sent() == (pipelining == .off ? "MAIL" : Self.envelope))
        connection.lost()
        #expect(profile.pipelining == pipelining)
        #expect(profile.traits == SMTPRelayTraits())
    }

    @Test("a server that was replaced or upgraded is met anew, and one that is called otherwise each time is not")
    func identities() {
        let knowledge = SMTPRelayKnowledge(known: ["old": SMTPRelayTraits(pipelining: .envelope, reason: "why")])
        #expect(knowledge.profile(of: "old").traits.waits)
        #expect(knowledge.profile(of: "new").traits == SMTPRelayTraits())
        #expect(knowledge.profile(of: "new") === knowledge.profile(of: "new"))
        for number in 1...6 { _ = knowledge.profile(of: "random \(number)") }
        #expect(knowledge.profile(of: "random 7").traits.waits)
    }

    @Test(
        "a server's name for itself holds its software and version, not the host, the time or the session",
        arguments: [
            (
                "220 a.example.org ESMTP Exim 4.96 Sun, 29 Nov 2026 20:47:46 +0000",
                "220 b.example.org ESMTP Exim 4.96 Mon, 30 Nov 2026 07:00:00 +0000", true
            ),
            (
                "220 a.example.org ESMTP Sendmail 8.17.1.9/8.17.1.9; Sun, 29 Nov 2026 20:47:46 GMT",
                "220 a.example.org ESMTP Sendmail 8.17.1.9/8.17.1.9; Mon, 30 Nov 2026 07:00:00 GMT", true
            ),
            (
                "220 mx.example.org ESMTP 5b1f17b1804b1-47 - gsmtp",
                "220 mx.example.org ESMTP ffacd0b85a97d-42 - gsmtp", true
            ),
            ("220 relay ESMTP Exim 4.96", "220 relay ESMTP Exim 4.97", false),
            ("220 relay ESMTP Postfix", "220 relay ESMTP OpenSMTPD", false),
            ("220 [192.0.2.1] ESMTP Postfix", "220 [192.0.2.2] ESMTP Postfix", true),
        ])
    func names(one: String, other: String, isSame: Bool) throws {
        func identity(_ greeting: String, _ ehlo: String) throws -> String {
            var parser = SMTPReplyParser()
            parser.append((greeting + "\r\n" + ehlo).utf8)
            return SMTPRelayIdentity.identity(greeting: try parser.next(), ehlo: try parser.next())
        }
        let ehlo = "250-host Hello [192.0.2.1]\r\n250-SIZE 1000\r\n250-PIPELINING\r\n250 AUTH PLAIN LOGIN\r\n"
        let same = "250-host Hello [192.0.2.9]\r\n250-AUTH LOGIN PLAIN\r\n250-PIPELINING\r\n250 SIZE 2000\r\n"
        #expect(try (identity(one, ehlo) == identity(other, same)) == isSame)
        #expect(try identity(one, ehlo) != identity(one, "250-host\r\n250 PIPELINING\r\n"))
    }
}
