import Foundation
import Testing

@testable import Mail

@Suite("messages")
struct MIMEMessageTests {
    func message(subject: String = "Papers for you", name: String? = "Ann") throws -> MIMEMessage {
        let list = try ListHeaders(
            listID: "papers.example.org", listName: "Broadsheet", feedbackID: "daily:papers:digest:broadsheet")
        let fields = try list.fields(
            unsubscribeURL: "https://example.org/unsubscribe/one-click?token=abcdefghijklmnopqrstuvwxyz0123456789",
            unsubscribeMailto: "mailto:leave@example.org?subject=abc")
        return MIMEMessage(
            from: Mailbox(name: "Broadsheet", address: try Address("papers@example.org")),
            to: Mailbox(name: name, address: try Address("ann@example.net")), subject: subject,
            date: Date(timeIntervalSince1970: 1_795_415_400), messageID: "d.1a2b3c@example.org",
            extra: fields,
            body: MIMEBody(
                text: QuotedPrintable.encode("Good morning.\n"), html: QuotedPrintable.encode("<p>Good morning.</p>\n"),
                name: subject))
    }

    @Test("the whole message, byte by byte")
    func golden() throws {
        let expected = """
            From: Broadsheet <papers@example.org>
            To: Ann <ann@example.net>
            Subject: Papers for you
            Date: Mon, 23 Nov 2026 06:30:00 +0000
            Message-ID: <d.1a2b3c@example.org>
            List-Id: Broadsheet <papers.example.org>
            List-Unsubscribe: <https://example.org/unsubscribe/one-click?token=abcdefghijklmnopqrstuvwxyz0123456789>,
             <mailto:leave@example.org?subject=abc>
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
            Auto-Submitted: auto-generated
            X-Auto-Response-Suppress: OOF, AutoReply
            Feedback-ID: daily:papers:digest:broadsheet
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="BOUNDARY"

            --BOUNDARY
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Good morning.
            --BOUNDARY
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            <p>Good morning.</p>
            --BOUNDARY--

            """
        let message = try message()
        let text = expected.replacing("BOUNDARY", with: message.body.frame.boundary).replacing("\n", with: "\r\n")
        #expect(String(decoding: try message.serialised(), as: UTF8.self) == text)
    }

    @Test("no subject, name or part of them starts a header field of its own")
    func injection() throws {
        let evil = "x\r\nBcc: victim@example.com\r\n\r\nbody\u{2028}\u{85}"
        let text = String(decoding: try message(subject: evil, name: evil).serialised(), as: UTF8.self)
        let head = text.components(separatedBy: "\r\n\r\n")[0]
        let names = head.components(separatedBy: "\r\n").filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
        #expect(Set(names).count == names.count)
        #expect(!names.contains("Bcc"))
    }

    @Test("a long subject is cut at a word, with an ellipsis")
    func longSubject() throws {
        let message = try message(subject: String(repeating: "attention ", count: 40))
        let text = String(decoding: try message.serialised(), as: UTF8.self)
        #expect(text.contains("=E2=80=A6") || text.contains("4oCm"))
        #expect(text.components(separatedBy: "attention").count < 14)
    }

    @Test("an empty subject or a bad Message-ID is refused")
    func refusals() throws {
        #expect(throws: MailError.self) { try message(subject: " \u{200B} ").serialised() }
        for id in ["", "a", "a@b@c", "a b@c", "<a@b>", "a@b\r\nx: y", "a@", "é@b"] {
            var message = try message()
            message.messageID = id
            #expect(throws: MailError.self) { try message.serialised() }
        }
    }

    @Test("signers see head and body as they go out, and their fields come first")
    func signers() throws {
        struct Counting: MessageSigner {
            func signature(fields: [HeaderField], body: MIMEBody) throws(MailError) -> [UInt8] {
                Array("X-Signature: \(fields.reduce(0) { $0 + $1.bytes.count })/\(body.bytes.count)\r\n".utf8)
            }
        }
        let plain = try message().serialised()
        let signed = String(decoding: try message().serialised(signers: [Counting(), Counting()]), as: UTF8.self)
        let cut = try #require(String(decoding: plain, as: UTF8.self).range(of: "\r\n\r\n"))
        let text = String(decoding: plain, as: UTF8.self)
        let head = text[..<cut.lowerBound].utf8.count + 2
        let line = "X-Signature: \(head)/\(plain.count - head - 2)\r\n"
        #expect(signed == line + line + text)
    }

    @Test(
        "list headers refuse what would break them",
        arguments: [
            ("papers", "https://example.org/u", nil),
            ("papers.example.org", "javascript:alert(1)", nil),
            ("papers.example.org", "https://example.org/a b", nil),
            ("papers.example.org", "https://example.org/>,<x", nil),
            ("papers.example.org", "https://example.org/u\r\nBcc: x", nil),
            ("papers.example.org", "https://example.org/u", "https://example.org"),
        ] as [(String, String, String?)])
    func badListHeaders(listID: String, url: String, mailto: String?) {
        #expect(throws: MailError.self) {
            try ListHeaders(listID: listID).fields(unsubscribeURL: url, unsubscribeMailto: mailto)
        }
    }

    @Test("a list is known to Gmail's feedback loop by 5 to 15 characters, the same each time and not those of another")
    func feedbackSender() throws {
        let sender = try ListHeaders.feedbackSender(listID: "papers.a-rather-long-name-of-an-institute.example.org")
        #expect((5...15).contains(sender.count) && sender.allSatisfy(\.isHexDigit))
        #expect(
            sender
                == (try ListHeaders.feedbackSender(listID: "papers.a-rather-long-name-of-an-institute.example.org")))
        #expect(sender != (try ListHeaders.feedbackSender(listID: "papers.example.org")))
    }
}
