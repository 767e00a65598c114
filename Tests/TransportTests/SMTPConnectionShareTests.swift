import Testing

@testable import Transport

@Suite("How many messages an SMTP relay takes of a connection")
struct SMTPConnectionShareTests {
    typealias Connection = SMTPPipeliningTests.Connection

    private static let replies = [
        "452 4.5.3 Too many messages sent", "421 too many messages in this connection",
        "421 4.7.0 too many messages in this session", "452 4.5.3 Error: too many recipients",
        "451 4.3.0 Maximum number of messages per connection exceeded",
        "421 4.4.2 Message limit of this session reached",
        "421 Max message per connection reached, closing transmission channel", "450 too many mails in one connection",
        "550 5.7.1 too many messages in this session", "552 too many mails per connection",
    ]

    private static let others = [
        "452 4.2.2 mailbox full", "450 4.7.1 too many messages from you in the last hour",
        "421 4.7.0 too many concurrent connections from your host", "451 4.7.1 rate limit of messages reached",
        "550 5.7.1 too many recipients", "552 5.3.4 message size exceeds the limit of this connection",
        "450 4.2.0 greylisted", "451 4.3.2 please try again later", "550 5.1.1 no such user",
    ]

    @Test("words that say that a connection is used up", arguments: replies)
    func words(_ text: String) throws { #expect(try Self.reply(text).saysConnectionIsUsedUp) }

    @Test("words of other limits", arguments: others)
    func otherWords(_ text: String) throws { #expect(try !Self.reply(text).saysConnectionIsUsedUp) }

    private static func reply(_ text: String) throws -> SMTPReply {
        var parser = SMTPReplyParser()
        parser.append((text + "\r\n").utf8)
        return try #require(try parser.next())
    }

    @Test(
        "at whatever command a relay says so, nobody is deferred: what is left goes over another connection",
        arguments: replies, [SendStage.mail, .rcpt, .data, .final])
    func handsOn(_ reply: String, at stage: SendStage) {
        for pipelining in SMTPPipelining.allCases {
            let profile = SMTPRelayProfile(fixed: pipelining)
            var connection = Connection(profile, messages: 1...4)
            Self.run(&connection, from: 1, refusing: 3, at: stage, with: reply)
            #expect(connection.outcomes == ["1 accepted 250", "2 accepted 250", "3 failed", "4 failed"])
            #expect(connection.conversation.ended?.kind == .connectionUsedUp)
            #expect(profile.messagesPerConnection == nil)
            // Another connection shows that the relay meant the connection.
            var next = Connection(profile, messages: 3...4)
            Self.run(&next, from: 3, refusing: 0, at: stage, with: reply)
            #expect(next.outcomes == ["3 accepted 250", "4 accepted 250"])
            #expect(profile.messagesPerConnection == 2)
        }
    }

    @Test("a relay that says so to the first message of a connection means the message", arguments: replies)
    func firstMessage(_ reply: String) {
        let profile = SMTPRelayProfile(fixed: .full)
        var old = Connection(profile, messages: 1...2)
        Self.run(&old, from: 1, refusing: 2, at: .mail, with: reply)
        #expect(old.outcomes == ["1 accepted 250", "2 failed"])
        var connection = Connection(profile, messages: 2...2)
        Self.run(&connection, from: 2, refusing: 2, at: .mail, with: reply)
        let isPermanent = reply.hasPrefix("5")
        #expect(connection.outcomes == ["2 \(isPermanent ? "refused" : "deferred") \(reply.prefix(3)) mail"])
        var next = Connection(profile, messages: 2...2)
        Self.run(&next, from: 2, refusing: 0, at: .mail, with: reply)
        #expect(profile.messagesPerConnection == nil)
    }

    @Test("421 before a text was sent defers nobody either, where the connection had taken others")
    func shutdown() {
        for stage in [SendStage.mail, .rcpt, .data] {
            let profile = SMTPRelayProfile(fixed: .full)
            var connection = Connection(profile, messages: 1...2)
            Self.run(&connection, from: 1, refusing: 2, at: stage, with: "421 4.3.2 shutting down")
            #expect(connection.outcomes == ["1 accepted 250", "2 failed"])
            #expect(profile.messagesPerConnection == nil)
        }
    }

    /// Answers everything with yes, but one message at one command; messages are counted from `first`.
    private static func run(
        _ connection: inout Connection, from first: Int, refusing id: Int, at stage: SendStage, with reply: String
    ) {
        var message = first - 1
        var isRefused = false
        var isText = false
        while connection.conversation.ended == nil {
            let lines = connection.conversation.takeOutput()
            connection.written += lines.count
            if lines.isEmpty { return }
            for line in String(decoding: lines, as: UTF8.self).split(separator: "\r\n") {
                if isText, line != "." { continue }
                if line.hasPrefix("MAIL") {
                    message += 1
                    isRefused = false
                }
                let command: SendStage? =
                    isText ? .final : ["MAIL": .mail, "RCPT": .rcpt, "DATA": .data][String(line.prefix(4))]
                let isDue = message == id && command == stage
                if isDue {
                    connection.said(reply)
                } else if isRefused {
                    connection.said("503 5.5.1 no transaction")
                } else {
                    connection.said(command == .data ? "go" : "ok")
                }
                isRefused = isRefused || isDue
                isText = command == .data && !isRefused
                if connection.conversation.ended != nil { return }
            }
        }
    }
}
