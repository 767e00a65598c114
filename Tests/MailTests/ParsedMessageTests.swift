import Testing

@testable import Mail

@Suite("A message that others wrote")
struct ParsedMessageTests {
    @Test("fields are unfolded, a mailbox's From line passed over, line ends of either kind taken")
    func fields() {
        for end in ["\n", "\r\n"] {
            let lines = [
                "From ada Mon Nov 23", "Subject: one", "\ttwo", "X-Empty:", "no field", "To: a@b", "", "body", "",
            ]
            let message = ParsedMessage(lines.joined(separator: end).utf8)
            #expect(message.fields["subject"] == "one two")
            #expect(message.fields["to"] == "a@b")
            #expect(message.fields["x-empty"]?.isEmpty == true)
            #expect(message.text == "body\n")
        }
    }

    @Test(
        "transfer encodings are undone",
        arguments: [
            ("quoted-printable", "a=C3=A4=\nb=3D \nc=zz=", "aäb=\nc=zz"),
            ("base64", "w6Ti\nAg==", "\u{e4}\u{FFFD}\u{2}"),
            ("base64", "YWJj", "abc"),
            ("8bit", "ä", "ä"),
            ("x-unknown", "=41", "=41"),
        ])
    func encodings(encoding: String, body: String, expected: String) {
        let message = ParsedMessage("Content-Transfer-Encoding: \(encoding)\n\n\(body)".utf8)
        #expect(message.text == expected)
    }

    @Test("parts are found within parts, and a message within a message")
    func parts() {
        let text = """
            Content-Type: multipart/mixed; boundary="a b"; x=1

            preamble
            --a b
            Content-Type: multipart/alternative; boundary=inner

            --inner

            plain
            --inner
            Content-Type: text/html

            <p>
            --inner--
            --a b 
            Content-Type: message/rfc822

            Subject: within

            deep
            --a b--
            epilogue
            """
        let message = ParsedMessage(text.utf8)
        #expect(
            message.allParts.map(\.contentType) == [
                "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "message/rfc822", "text/plain",
            ])
        #expect(message.part("text/plain")?.text == "plain")
        #expect(message.allParts.last?.fields["subject"] == "within")
        #expect(message.allParts.last?.text == "deep")
    }

    @Test(
        "whatever it is, it can be read",
        arguments: [
            "", "\n", ":", "--", "Content-Type: multipart/mixed; boundary=\"\n\n--\n",
            "Content-Type: multipart/mixed; boundary=x\n\n--x\n--x\n--x",
            "Content-Type: multipart/mixed\n\nno boundary",
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n!!!",
            String(repeating: "Content-Type: message/rfc822\n\n", count: 500),
        ])
    func anything(text: String) {
        #expect(!ParsedMessage(text.utf8).allParts.isEmpty)
    }

    @Test("of a mail without end its beginning is looked at: its fields, its header, its parts, over all depths")
    func bounds() {
        let fields = String(repeating: "A: b\n", count: 5000)
        #expect(ParsedMessage("\(fields)\nbody".utf8).fields.all.count == 1000)
        let long = ParsedMessage("Subject: \(String(repeating: "a", count: 10 << 20))\nTo: b\n\nbody".utf8)
        #expect((1...(128 << 10)).contains(long.fields["subject"]?.utf8.count ?? 0))
        #expect(long.fields["to"] == nil)
        #expect(long.text == "body")
        let inner = "--y\n\nx\n"
        let part = "--x\nContent-Type: multipart/mixed; boundary=y\n\n" + String(repeating: inner, count: 20)
        let parts = ParsedMessage(
            "Content-Type: multipart/mixed; boundary=x\n\n\(String(repeating: part, count: 50))".utf8)
        #expect(parts.allParts.count == 101)
    }
}
