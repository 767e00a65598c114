import Testing

@testable import Transport

@Suite("what goes out after DATA")
struct SMTPPayloadTests {
    /// The same wherever the message is cut in two.
    private func onTheWire(_ message: [UInt8]) -> [UInt8] {
        let wires = Set(
            (0...message.count).map { cut in
                let payload = SMTPPayload(
                    OutgoingMessage(
                        sender: "", recipient: "", header: Array(message[..<cut]), body: Array(message[cut...])))
                return payload.pieces.first + payload.pieces.second
            })
        #expect(wires.count == 1)
        return wires.first ?? []
    }

    @Test(
        "dots are doubled, line ends made CRLF, the last line ended",
        arguments: [
            ("a\r\n", "a\r\n"),
            ("a", "a\r\n"),
            ("", "\r\n"),
            (".\r\n", "..\r\n"),
            ("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n"),
            ("a\r\n..b\r\n", "a\r\n...b\r\n"),
            ("a.b\r\nc.\r\n", "a.b\r\nc.\r\n"),
            ("a\n.\nb\n", "a\r\n..\r\nb\r\n"),
            ("a\r.\rb\r", "a\r\n..\r\nb\r\n"),
            ("a\n.\r\nb", "a\r\n..\r\nb\r\n"),
            ("a\r\n\r\n.", "a\r\n\r\n..\r\n"),
            ("\r\n", "\r\n"),
            ("a\r\r\nb\r\n", "a\r\n\r\nb\r\n"),
        ])
    func stuffing(message: String, wire: String) {
        #expect(String(decoding: onTheWire(Array(message.utf8)), as: UTF8.self) == wire)
    }

    @Test("no message can hold its own end")
    func neverEndsEarly() {
        let alphabet: [UInt8] = [13, 10, 46, 97]
        for number in 0..<4096 {
            let message = (0..<6).map { alphabet[(number >> ($0 * 2)) & 3] }
            let wire = onTheWire(message)
            let text = Array("\r\n".utf8) + wire
            #expect(text.firstRange(of: Array("\r\n.\r\n".utf8)) == nil)
            #expect(wire.suffix(2) == [13, 10])
            #expect(!zip(wire, wire.dropFirst()).contains { ($0 == 13) != ($1 == 10) })
        }
    }

    @Test(
        "MAIL says what the message needs and the server knows",
        arguments: [
            ("a@example.org", "b@example.org", "x", "MAIL FROM:<a@example.org> SIZE=1\r\n"),
            ("", "b@example.org", "x", "MAIL FROM:<> SIZE=1\r\n"),
            ("a@example.org", "b@example.org", "x\r\n\r\né", "MAIL FROM:<a@example.org> SIZE=7 BODY=8BITMIME\r\n"),
            ("a@example.org", "é@example.org", "x", "MAIL FROM:<a@example.org> SIZE=1 SMTPUTF8\r\n"),
            ("a@example.org", "b@example.org", "To: é", "MAIL FROM:<a@example.org> SIZE=6 BODY=8BITMIME SMTPUTF8\r\n"),
        ])
    func parameters(sender: String, recipient: String, text: String, mail: String) throws {
        var all = SMTPCapabilities()
        all.declaresSize = true
        all.eightBitMIME = true
        all.smtpUTF8 = true
        let message = OutgoingMessage(sender: sender, recipient: recipient, bytes: Array(text.utf8))
        #expect(try SMTPEnvelope(SMTPPayload(message), all).mail == mail)
    }

    @Test(
        "what the server cannot take is not offered to it",
        arguments: [
            ("é@example.org", "x", "553 5.6.7"), ("b@example.org", "\r\n\r\né", "554 5.6.3"),
            ("b@example.org", String(repeating: "x", count: 200), "552 5.3.4"),
        ])
    func unsupported(recipient: String, text: String, reply: String) {
        var small = SMTPCapabilities()
        small.size = 100
        var conversation = SMTPConversation(capabilities: small)
        conversation.submit(
            OutgoingMessage(sender: "a@example.org", recipient: recipient, bytes: Array(text.utf8)), id: 1)
        let outcomes = conversation.takeOutcomes().map(\.1)
        guard case .refused(let said, .mail)? = outcomes.first else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(said.description.hasPrefix(reply))
        #expect(conversation.takeOutput().isEmpty)
    }

    @Test(
        "an address that could end a command is not sent",
        arguments: ["a@b.example>\r\nDATA", "a@b.example\r\nRSET", "a b@c.example", "a", "", "a@b.example> SIZE=1"])
    func injection(recipient: String) {
        var conversation = SMTPConversation(capabilities: SMTPCapabilities())
        conversation.submit(OutgoingMessage(sender: "", recipient: recipient, bytes: [65]), id: 1)
        #expect(conversation.takeOutput().isEmpty)
        guard case .failed(let error)? = conversation.takeOutcomes().first?.1 else {
            Issue.record("not refused")
            return
        }
        #expect(error.kind == .badInput)
        #expect(!error.description.contains("\r\n"))
    }
}
