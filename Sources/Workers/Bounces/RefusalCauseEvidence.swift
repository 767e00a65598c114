import Transport

extension Evidence {
    /// Whose fault a refusal is that a code calls the mailbox's: words that name another cause count before it, and before RCPT
    /// no mailbox was looked at.
    static func cause(forMailbox reply: SMTPReply, at stage: SendStage) -> RefusalCause {
        if stage == .mail { return .relay }
        return switch words(in: FoldedText(reply.lines.joined(separator: "\n"))) {
        case .sender: .policy
        case .full: .fullMailbox
        case .content: .message
        default: .mailbox
        }
    }
}
