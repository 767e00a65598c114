import Transport

/// Whose fault it is that a message was refused, by stage and code (RFC 5321, RFC 3463).
enum RefusalCause: Sendable, Equatable {
    /// There is no such mailbox: it is never tried again.
    case mailbox
    /// The mailbox takes nothing now: full, or over a quota.
    case fullMailbox
    /// This message: too large, or its content is not wanted.
    case message
    /// A rule of the receiver's; when it strikes everybody, it is the relay's, see ``RefusalWatch``.
    case policy
    /// The relay does not want mail of ours at all: nothing about the recipient was looked at.
    case relay

    init(_ reply: SMTPReply, stage: SendStage) {
        if let enhanced = reply.enhanced, let cause = Self.cause(enhanced, stage) {
            self = cause == .mailbox ? Evidence.cause(forMailbox: reply, at: stage) : cause
        } else if stage == .mail || reply.code == 530 || reply.code == 535 {
            self = .relay
        } else {
            self = Self.cause(withoutEnhanced: reply, stage)
        }
    }

    private static func cause(_ status: EnhancedStatus, _ stage: SendStage) -> RefusalCause? {
        switch (status.subject, status.detail) {
        // The sender's address is bad, or its system's.
        case (1, 7), (1, 8): .relay
        case (1, 0...6), (1, 9...10), (2, 1): .mailbox
        case (2, 2): .fullMailbox
        case (2, 3), (3, 4), (6, _): .message
        case (5, _): .relay
        // Login wanted or failed.
        case (7, 0) where stage == .mail, (7, 8), (7, 9), (7, 11): .relay
        case (4, _), (7, _), (2, _), (3, _): stage == .mail ? .relay : .policy
        default: nil
        }
    }

    /// Servers without enhanced codes say it in words; what is not clear is taken for a rule, not for a dead mailbox.
    private static func cause(withoutEnhanced reply: SMTPReply, _ stage: SendStage) -> RefusalCause {
        if reply.code == 552 { return stage == .final ? .message : .fullMailbox }
        if [550, 551, 553].contains(reply.code), stage == .rcpt,
            Evidence.words(in: FoldedText(reply.lines.joined(separator: "\n"))) == .unknown
        {
            return .mailbox
        }
        return .policy
    }
}
