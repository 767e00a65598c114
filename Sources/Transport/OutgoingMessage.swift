/// A message with its envelope.
public struct OutgoingMessage: Sendable {
    /// The envelope sender (RFC 5321 reverse-path) as `local@domain`, A-labels in the domain; empty for `<>`.
    public var sender: String
    /// The one recipient, A-labels in the domain.
    public var recipient: String
    /// The message with CRLF line ends, not dot-stuffed.
    public var bytes: [UInt8]

    public init(sender: String, recipient: String, bytes: [UInt8]) {
        self.sender = sender
        self.recipient = recipient
        self.bytes = bytes
    }
}
