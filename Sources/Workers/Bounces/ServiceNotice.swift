import Foundation
import Mail

/// Notices of bounces and complaints that Amazon SES has its notification service mail, as JSON.
enum ServiceNotice {
    /// Nil where the text holds none.
    static func read(_ text: String) -> ReturnedMail? {
        guard let object = object(in: text), let kind = (object["notificationType"] ?? object["eventType"]) as? String
        else { return nil }
        switch kind {
        case "Bounce": return (object["bounce"] as? [String: Any]).map(bounce)
        case "Complaint":
            let complaint = object["complaint"] as? [String: Any]
            let type = complaint?["complaintFeedbackType"] as? String ?? "abuse"
            return type == "not-spam" ? .other : .complaint(HeaderText.shortened(HeaderText.cleaned(type), to: 40))
        case "DeliveryDelay": return .delay
        default: return .other
        }
    }

    private static func bounce(_ bounce: [String: Any]) -> ReturnedMail {
        let recipient = (bounce["bouncedRecipients"] as? [[String: Any]])?.first
        let status = (recipient?["status"] as? String).flatMap { StatusText($0).enhanced }
        let diagnostic = StatusText.withoutKind(recipient?["diagnosticCode"] as? String ?? "")
        let kinds = [bounce["bounceType"], bounce["bounceSubType"]].map { $0 as? String ?? "" }
        // What SES's own list of addresses stops bounced before.
        let words =
            [
                "MailboxFull": "mailbox full", "MessageTooLarge": "message too large",
                "ContentRejected": "content rejected",
                "AttachmentRejected": "content rejected", "NoEmail": "no such user", "Suppressed": "no such user",
            ][kinds[1]] ?? ""
        let shown = diagnostic.isEmpty ? kinds.filter { !$0.isEmpty }.joined(separator: ", ") : diagnostic
        let said = diagnostic.isEmpty || kinds[1] == "MailboxFull" ? "\(diagnostic) \(words)" : diagnostic
        let evidence = FailureEvidence(diagnostic: said, status: status, notice: words)
        return .failure(evidence, shown: shown.isEmpty ? "no reason given" : shown)
    }

    /// The notice, which may stand within another object as a text.
    private static func object(in text: String) -> [String: Any]? {
        // Mail programs break long lines; JSON has no line end within a text.
        let bytes = text.utf8.filter { $0 != 0x0A && $0 != 0x0D }
        guard let start = bytes.firstIndex(of: UInt8(ascii: "{")), let end = bytes.lastIndex(of: UInt8(ascii: "}")),
            start < end,
            bytes[start...].prefix(40).contains(UInt8(ascii: "\"")),
            let object = try? JSONSerialization.jsonObject(with: Data(bytes[start...end])) as? [String: Any]
        else { return nil }
        guard let within = object["Message"] as? String else { return object }
        return (try? JSONSerialization.jsonObject(with: Data(within.utf8))) as? [String: Any]
    }
}
