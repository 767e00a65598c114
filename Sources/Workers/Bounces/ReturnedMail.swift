import Foundation
import Mail
import Store
import Transport

/// What a mail that came back says, whatever program wrote it.
enum ReturnedMail: Sendable, Equatable {
    /// A message of ours was not delivered, and nobody will try again.
    case failure(DeliveryFault, diagnostic: String)
    /// Somebody is still trying.
    case delay
    /// The recipient reported a message of ours; the feedback type of RFC 5965, such as `abuse`.
    case complaint(String)
    /// An answer by a person or a machine: nothing to do with delivery.
    case other

    /// Reads a delivery status (RFC 3464), a feedback report (RFC 5965), or the words of the programs that write neither.
    init(_ message: ParsedMessage) {
        self =
            Self.feedback(message) ?? Self.status(message) ?? (Self.isAnswer(message) ? .other : nil)
            ?? WordyBounce.read(message) ?? .other
    }

    private static func feedback(_ message: ParsedMessage) -> ReturnedMail? {
        guard let report = message.part("message/feedback-report"),
            let fields = ParsedFields.groups(in: report.beginning).first
        else { return nil }
        let type = fields["feedback-type"]?.lowercased() ?? "abuse"
        // It was in the spam folder and should not have been; authentication reports say nothing of the reader.
        return ["not-spam", "auth-failure", "dmarc"].contains(type) ? .other : .complaint(type)
    }

    private static func status(_ message: ParsedMessage) -> ReturnedMail? {
        guard let report = message.part("message/delivery-status") ?? message.part("message/global-delivery-status")
        else { return nil }
        // The first group tells of the message, each further one of a recipient; some put all into one.
        let groups = ParsedFields.groups(in: report.beginning).filter { $0["action"] != nil || $0["status"] != nil }
        let failed = groups.first {
            $0["action"].map { $0.lowercased().hasPrefix("failed") } ?? isFailure($0["status"])
        }
        guard let failed else { return groups.isEmpty ? nil : .delay }
        return failure(failed, words: { WordyBounce.words(message) })
    }

    private static func isFailure(_ status: String?) -> Bool { status?.hasPrefix("5") ?? false }

    /// - Parameter words: what the writer says, for a report that does not.
    private static func failure(_ fields: ParsedFields, words: () -> String) -> ReturnedMail {
        let diagnostic = StatusText.withoutKind(fields["diagnostic-code"] ?? "")
        let status = fields["status"].flatMap { StatusText($0).enhanced }
        let said = StatusText(diagnostic)
        // The receiver's own code says more than what a relay made of it; 5.0.0 says nothing.
        let enhanced = [said.enhanced, status].compactMap(\.self).max { $0.subject == 0 && $1.subject != 0 }
        let text = diagnostic.isEmpty ? words() : diagnostic
        let shown = diagnostic.isEmpty ? (fields["status"] ?? "no reason given") : diagnostic
        return .failure(
            DeliveryFault(enhanced: enhanced, code: said.code, words: text),
            diagnostic: HeaderText.shortened(HeaderText.cleaned(shown), to: 300))
    }

    /// Holiday notes and the like; a bounce may be marked as made by a machine too, so only after those were looked for.
    private static func isAnswer(_ message: ParsedMessage) -> Bool {
        let submitted = message.fields["auto-submitted"]?.lowercased() ?? ""
        return submitted.hasPrefix("auto-replied") && message.fields["x-failed-recipients"] == nil
            || message.fields["x-autoreply"] != nil || message.fields["x-autorespond"] != nil
            || message.fields["in-reply-to"] != nil && message.fields["return-path"].map { $0 != "<>" } ?? false
    }
}

extension DeliveryFault {
    /// Whose fault a failure is, by code where there is one, else by what was said.
    init(enhanced: EnhancedStatus?, code: Int?, words: String) {
        let isTemporary = enhanced.map { $0.category == 4 } ?? code.map { $0 < 500 } ?? false
        // A host without a name or an address is gone, or was mistyped; RFC 3463 has it among the network's faults.
        let saysNothing = enhanced == nil || enhanced?.subject == 0 || enhanced?.subject == 4
        let reply = SMTPReply(code: code ?? 550, enhanced: saysNothing ? nil : enhanced, lines: [words])
        switch Blame(reply, stage: .rcpt) {
        case .mailbox: self = isTemporary ? .expired : .unknownMailbox
        case .fullMailbox: self = .fullMailbox
        case .message: self = .content
        case .policy, .relay:
            if WordyBounce.saysFull(words) {
                self = .fullMailbox
            } else if isTemporary {
                self = .expired
            } else {
                self = saysNothing ? .undeliverable : .policy
            }
        }
    }
}
