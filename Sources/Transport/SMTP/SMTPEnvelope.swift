/// A message checked against a server's capabilities, with its commands.
struct SMTPEnvelope {
    let mail: String
    let rcpt: String

    /// Why a message cannot be offered to this server; never sent over the wire.
    enum Obstacle: Error, Equatable {
        /// An address that is not one.
        case badInput(TransportError)
        /// What the server would have to say, by its own EHLO.
        case unsupported(SMTPReply, SendStage)
    }

    init(_ payload: SMTPPayload, _ capabilities: SMTPCapabilities) throws(Obstacle) {
        try Self.check(payload.sender, mayBeEmpty: true)
        try Self.check(payload.recipient, mayBeEmpty: false)
        var mail = "MAIL FROM:<\(payload.sender)>"
        let size = payload.messageCount
        if let limit = capabilities.size, limit > 0, size > limit {
            let text = "the message has \(size) bytes, the server takes \(limit)"
            throw .unsupported(SMTPReply(code: 552, enhanced: EnhancedStatus(5, 3, 4), lines: [text]), .mail)
        }
        if capabilities.declaresSize { mail += " SIZE=\(size)" }
        let addressNeeds = [payload.sender, payload.recipient].contains { $0.utf8.contains { $0 >= 0x80 } }
        if payload.hasEightBitBody || payload.hasEightBitHeader {
            guard capabilities.eightBitMIME else {
                let text = "the message holds 8-bit bytes and the server does not offer 8BITMIME"
                throw .unsupported(SMTPReply(code: 554, enhanced: EnhancedStatus(5, 6, 3), lines: [text]), .mail)
            }
            mail += " BODY=8BITMIME"
        }
        if addressNeeds || payload.hasEightBitHeader {
            guard capabilities.smtpUTF8 else {
                let text = "the address or header is not ASCII and the server does not offer SMTPUTF8"
                throw .unsupported(SMTPReply(code: 553, enhanced: EnhancedStatus(5, 6, 7), lines: [text]), .mail)
            }
            mail += " SMTPUTF8"
        }
        self.mail = mail + "\r\n"
        rcpt = "RCPT TO:<\(payload.recipient)>\r\n"
    }

    /// An address comes as text, so what could end a command is refused here once more.
    private static func check(_ address: String, mayBeEmpty: Bool) throws(Obstacle) {
        if address.isEmpty, mayBeEmpty { return }
        let quoted = address.hasPrefix("\"")
        let clean = address.unicodeScalars.allSatisfy { scalar in
            scalar.value > 0x20 && scalar.value != 0x7F && (quoted || (scalar != "<" && scalar != ">"))
                || (quoted && scalar == " ")
        }
        guard clean, address.utf8.contains(UInt8(ascii: "@")), address.utf8.count <= 320 else {
            let shown = String(address.unicodeScalars.filter { $0.value >= 0x20 }.prefix(100).map(Character.init))
            throw .badInput(
                TransportError(
                    .badInput, "\"\(shown)\" is not an envelope address: write it as name@example.org", stage: .mail))
        }
    }
}
