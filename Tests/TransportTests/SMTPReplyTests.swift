import Testing

@testable import Transport

@Suite("SMTP replies")
struct SMTPReplyTests {
    @Test(
        "replies are read with code, enhanced code and every line",
        arguments: [
            ("250 Ok\r\n", "250 Ok", nil, ["Ok"]),
            ("250\r\n", "250", nil, [""]),
            ("250 \r\n", "250", nil, [""]),
            ("250 2.1.0 Ok\r\n", "250 2.1.0 Ok", EnhancedStatus(2, 1, 0), ["Ok"]),
            (
                "550 5.1.1 <x@y.example>: no such user\r\n", "550 5.1.1 <x@y.example>: no such user",
                EnhancedStatus(5, 1, 1), ["<x@y.example>: no such user"]
            ),
            (
                "550-5.7.1 blocked\r\n550-5.7.1 see\r\n550 5.7.1 https://x.example\r\n",
                "550 5.7.1 blocked see https://x.example", EnhancedStatus(5, 7, 1),
                ["blocked", "see", "https://x.example"]
            ),
            ("451 4.7.650 slow down\r\n", "451 4.7.650 slow down", EnhancedStatus(4, 7, 650), ["slow down"]),
            ("550 4.1.1 odd class\r\n", "550 4.1.1 odd class", nil, ["4.1.1 odd class"]),
            ("250 10.0.0.1 greets you\r\n", "250 10.0.0.1 greets you", nil, ["10.0.0.1 greets you"]),
            ("250 lf only\n", "250 lf only", nil, ["lf only"]),
            ("550 b\u{1}ad\u{1B}[31m\r\n", "550 b ad [31m", nil, ["b ad [31m"]),
        ] as [(String, String, EnhancedStatus?, [String])])
    func reads(bytes: String, text: String, enhanced: EnhancedStatus?, lines: [String]) throws {
        // In one piece, and byte by byte.
        for size in [bytes.utf8.count, 1] {
            var parser = SMTPReplyParser()
            var found: [SMTPReply] = []
            let all = Array(bytes.utf8)
            for start in stride(from: 0, to: all.count, by: size) {
                parser.append(all[start..<min(start + size, all.count)])
                while let reply = try parser.next() { found.append(reply) }
            }
            #expect(found.map(\.description) == [text])
            #expect(found.first?.enhanced == enhanced)
            #expect(found.first?.lines == lines)
        }
    }

    @Test("several replies in one piece come out in order")
    func several() throws {
        var parser = SMTPReplyParser()
        parser.append("250 one\r\n250-two\r\n250 three\r\n354 go\r\n25".utf8)
        #expect(try parser.next()?.lines == ["one"])
        #expect(try parser.next()?.lines == ["two", "three"])
        #expect(try parser.next()?.code == 354)
        #expect(try parser.next() == nil)
        parser.append("0 x\r\n".utf8)
        #expect(try parser.next()?.code == 250)
    }

    @Test(
        "what is no reply is an error and not a hang",
        arguments: [
            "hello\r\n", "25\r\n", "250x\r\n", "999 no\r\n", "150 no\r\n", "250-a\r\n251 b\r\n", "HTTP/1.1 400 Bad\r\n",
            "250 " + String(repeating: "x", count: 5000) + "\r\n", String(repeating: "x", count: 5000),
            String(repeating: "250-x\r\n", count: 600),
        ])
    func malformed(bytes: String) {
        #expect(throws: SMTPReplyParser.Malformed.self) {
            var parser = SMTPReplyParser()
            parser.append(bytes.utf8)
            while try parser.next() != nil {}
        }
    }

    @Test("EHLO's keywords are read whatever their case, unknown ones are passed over")
    func capabilities() {
        let reply = SMTPReply(
            code: 250,
            lines: [
                "mx.example.org", "pipelining", "SIZE 1000", "8BITMIME", "SmtpUtf8", "AUTH PLAIN LOGIN", "AUTH=XOAUTH2",
                "X-NEW a b", "CHUNKING", "STARTTLS", "ENHANCEDSTATUSCODES",
            ])
        let found = SMTPCapabilities(ehlo: reply)
        #expect(found.pipelining && found.eightBitMIME && found.smtpUTF8 && found.chunking && found.startTLS)
        #expect(found.enhancedStatusCodes && found.declaresSize)
        #expect(found.size == 1000)
        #expect(found.authentication == ["PLAIN", "LOGIN", "XOAUTH2"])
        #expect(SMTPCapabilities(ehlo: SMTPReply(code: 250, lines: ["PIPELINING"])) == SMTPCapabilities())
    }
}
