/// How far an SMTP conversation has come.
public enum SendStage: String, Sendable, Codable, CaseIterable {
    case banner, ehlo, startTLS, auth, mail, rcpt, data
    /// After the end of the message.
    case final
}

/// What became of a message.
public enum SendOutcome: Sendable, Hashable {
    /// The server has taken it over.
    case accepted(SMTPReply)
    /// 4xx: the server asks to try later.
    case deferred(SMTPReply, stage: SendStage)
    /// 5xx: trying again as it is will not help.
    case refused(SMTPReply, stage: SendStage)
    /// The connection broke before the message's end was sent: it is known not to be delivered.
    case failed(TransportError)
    /// The connection broke after the message's end was sent and before the reply: it may be delivered or not.
    case lost(TransportError)

    public var isAccepted: Bool {
        if case .accepted = self { true } else { false }
    }
}
