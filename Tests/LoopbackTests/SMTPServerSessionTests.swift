import NIOCore
import Testing

@testable import Loopback

@Suite("the receiver's side of SMTP")
struct SMTPServerSessionTests {
    /// Feeds bytes in pieces of a size and gives the replies and messages that come out.
    static func run(
        _ input: String, pieces: Int = .max, options: SMTPReceiverOptions = SMTPReceiverOptions()
    ) -> (replies: [String], messages: [ReceivedMessage], closed: Bool) {
        var session = SMTPServerSession(options: options, connection: 1)
        var steps = session.greeting()
        let bytes = Array(input.utf8)
        for start in stride(from: 0, to: bytes.count, by: min(pieces, max(1, bytes.count))) {
            session.input.writeBytes(bytes[start..<min(bytes.count, start + min(pieces, bytes.count))])
            while let more = session.next() { steps += more }
        }
        var replies: [String] = []
        var messages: [ReceivedMessage] = []
        var closed = false
        for step in steps {
            switch step {
            case .reply(let text), .startTLS(let text), .login(let text): replies.append(String(text.prefix(3)))
            case .message(let message, let reply):
                messages.append(message)
                replies.append(String(reply.prefix(3)))
            case .pause: replies.append("pause")
            case .close: closed = true
            }
        }
        return (replies, messages, closed)
    }

    static let envelope = "EHLO x\r\nMAIL FROM:<a@x.example> SIZE=5\r\nRCPT TO:<b@x.example>\r\nDATA\r\n"

    @Test("pipelined input in pieces of any size gives the same", arguments: [1, 2, 3, 7, 64, .max])
    func pieces(size: Int) {
        let text = "one\r\n..two\r\n.three.\r\n\r\n"
        let result = Self.run(
            Self.envelope + text + ".\r\nMAIL FROM:<>\r\nRCPT TO:<c@x.example>\r\nDATA\r\n.\r\nQUIT\r\n", pieces: size)
        #expect(result.replies == ["220", "250", "250", "250", "354", "250", "250", "250", "354", "250", "221"])
        #expect(result.messages.map(\.text) == ["one\r\n.two\r\nthree.\r\n\r\n", ""])
        #expect(result.messages.map(\.sender) == ["a@x.example", ""])
        #expect(result.messages.map(\.recipients) == [["b@x.example"], ["c@x.example"]])
        #expect(result.closed)
    }

    @Test(
        "commands out of order are refused",
        arguments: [
            ("MAIL FROM:<a@x.example>\r\n", ["220", "503"]),
            ("EHLO x\r\nRCPT TO:<a@x.example>\r\n", ["220", "250", "503"]),
            ("EHLO x\r\nDATA\r\n", ["220", "250", "503"]),
            ("EHLO x\r\nMAIL FROM:<a@x.example>\r\nDATA\r\n", ["220", "250", "250", "554"]),
            ("EHLO x\r\nMAIL FROM:<a@x.example>\r\nMAIL FROM:<a@x.example>\r\n", ["220", "250", "250", "503"]),
            (
                "EHLO x\r\nMAIL FROM:<a@x.example>\r\nRSET\r\nMAIL FROM:<a@x.example>\r\n",
                ["220", "250", "250", "250", "250"]
            ),
            ("NONSENSE\r\nNOOP\r\n", ["220", "500", "250"]),
        ])
    func order(input: String, replies: [String]) {
        #expect(Self.run(input).replies == replies)
    }

    @Test(
        "a script changes the answer at its stage only",
        arguments: [
            (SMTPStage.rcpt, SMTPAction.reply("550 5.1.1 no"), ["220", "250", "250", "550", "554", "500"], false),
            (.final, .reply("451 later"), ["220", "250", "250", "250", "354", "451"], false),
            (.data, .drop, ["220", "250", "250", "250"], true),
            (.body, .drop, ["220", "250", "250", "250", "354"], true),
            (.final, .replyAndClose("421 bye"), ["220", "250", "250", "250", "354", "421"], true),
            (.connect, .drop, [], true),
        ])
    func scripts(stage: SMTPStage, action: SMTPAction, replies: [String], closed: Bool) {
        var options = SMTPReceiverOptions()
        options.script = { $0.stage == stage ? action : .proceed }
        let text = stage == .rcpt ? "QUITE\r\n" : "text\r\n.\r\n"
        let result = Self.run(Self.envelope + text, options: options)
        #expect(result.replies == replies)
        #expect(result.closed == closed)
        #expect(result.messages.isEmpty)
    }

    @Test(
        "AUTH is asked for and checked, by each mechanism",
        arguments: [
            ("AUTH PLAIN AHUAcHc=\r\n", ["235"]), ("AUTH PLAIN\r\nAHUAcHc=\r\n", ["334", "235"]),
            ("AUTH LOGIN\r\ndQ==\r\ncHc=\r\n", ["334", "334", "235"]), ("AUTH PLAIN AHUAeA==\r\n", ["535"]),
            ("AUTH XOAUTH2 dXNlcj11AWF1dGg9QmVhcmVyIHB3AQE=\r\n", ["235"]), ("AUTH CRAM-MD5\r\n", ["504"]),
            ("MAIL FROM:<a@x.example>\r\n", ["530"]),
        ])
    func authentication(input: String, replies: [String]) {
        var options = SMTPReceiverOptions()
        options.credentials = .init(user: "u", secret: "pw")
        #expect(Self.run("EHLO x\r\n" + input, options: options).replies == ["220", "250"] + replies)
    }
}
