/// Why a fetch or a connection failed: one sentence that names the address and the mend, never a password.
public struct TransportError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        /// The URL or an envelope address is not usable.
        case badInput
        /// A scheme or address that this request may not use.
        case forbidden
        case nameNotFound
        case cannotConnect
        case timedOut
        /// Certificate, host name or handshake; also STARTTLS that is required and not offered.
        case tls
        case tooLarge
        case tooManyRedirects
        /// The connection broke off in the middle.
        case interrupted
        /// The server takes no further message of this connection, of which it took some.
        case connectionUsedUp
        /// The server does not follow the protocol.
        case protocolViolation
        /// The server greeted, or answered EHLO, with a refusal.
        case refusedByServer
        case authentication
        case cancelled
        /// The other side or this machine lacks something, such as a file.
        case unavailable
    }

    public let kind: Kind
    public let description: String
    /// What the SMTP server said last, when that is the cause.
    public let reply: SMTPReply?
    /// How far an SMTP conversation had come.
    public let stage: SendStage?

    init(_ kind: Kind, _ description: String, reply: SMTPReply? = nil, stage: SendStage? = nil) {
        self.kind = kind
        self.description = description
        self.reply = reply
        self.stage = stage
    }
}
