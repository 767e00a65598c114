/// A message with its envelope.
public struct OutgoingMessage: Sendable {
    /// The envelope sender (RFC 5321 reverse-path) as `local@domain`, A-labels in the domain; empty for `<>`.
    public var sender: String
    /// The one recipient, A-labels in the domain.
    public var recipient: String
    /// The fields and the empty line, with CRLF line ends.
    public var header: [UInt8]
    /// What follows, with CRLF line ends, not dot-stuffed.
    public var body: [UInt8]

    public init(sender: String, recipient: String, header: [UInt8], body: [UInt8]) {
        self.sender = sender
        self.recipient = recipient
        self.header = header
        self.body = body
    }

    /// - Parameter bytes: the message in one piece.
    public init(sender: String, recipient: String, bytes: [UInt8]) {
        self.init(sender: sender, recipient: recipient, header: bytes, body: [])
    }

    /// Bytes of the message.
    public var count: Int { header.count + body.count }
}
