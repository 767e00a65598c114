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
        let header = ReturnedHeader(message)
        let notice = ReturnedText(message).text
        self =
            Complaint.read(message, header, notice) ?? (Self.isReceipt(message) ? .other : nil)
            ?? (Challenge.isOne(header, notice) ? .other : nil)
            ?? DeliveryReport.read(message, notice) ?? (header.isAnswer ? .other : nil)
            ?? ServiceNotice.read(notice) ?? WordyBounce.read(header, notice)
            ?? DeliveryReport.readWithin(message) ?? .other
    }

    /// Of a failure, with what is shown of the reason.
    static func failure(_ evidence: FailureEvidence, shown: String) -> ReturnedMail {
        .failure(evidence.fault, diagnostic: HeaderText.shortened(HeaderText.cleaned(shown), to: 300))
    }

    /// A read receipt or another disposition (RFC 8098): our mail arrived, whatever was done with it.
    private static func isReceipt(_ message: ParsedMessage) -> Bool {
        message.parameters["report-type"]?.lowercased() == "disposition-notification"
            || ReturnedText.own(message).contains { $0.contentType == "message/disposition-notification" }
    }
}
