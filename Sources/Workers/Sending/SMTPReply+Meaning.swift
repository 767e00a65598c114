import Transport

extension SMTPReply {
    /// Whether a refusal is for the size of the message alone (RFC 1870, RFC 3463: 5.3.4, 5.2.3).
    func saysTooLarge(_ stage: SendStage) -> Bool {
        switch (enhanced?.subject, enhanced?.detail) {
        case (3, 4), (2, 3): return true
        case (2, 2): return false
        default: break
        }
        if code == 552, stage == .mail || stage == .final, enhanced == nil { return true }
        let text = lines.joined(separator: " ").lowercased()
        return Self.tooLarge.contains(where: text.contains)
    }

    /// Whether an address beyond ASCII cannot be taken (RFC 6531 section 3.2, RFC 6533: 5.6.7).
    var saysNoSMTPUTF8: Bool {
        enhanced?.subject == 6 && (enhanced?.detail == 7 || enhanced?.detail == 9)
            || enhanced?.subject == 5
                && lines.joined(separator: " ").uppercased().contains("SMTPUTF8")
    }

    private static let tooLarge = [
        "message too large", "message too big", "message is too large", "message is too big", "message size exceeds",
        "exceeds size limit", "exceeds maximum message size", "exceeds the maximum size", "size limit exceeded",
        "exceeded message size", "too much mail data", "larger than the current system limit",
    ]
}
