/// What puts a signature on a finished message, such as DKIM (RFC 6376).
public protocol MessageSigner: Sendable {
    /// The signature as one or more whole header fields, each with its CRLF; they go in front of the others.
    ///
    /// - Parameters:
    ///   - fields: the message's, in their order.
    ///   - body: what comes after the empty line.
    /// - Throws: ``MailError`` when the key cannot sign.
    func signature(fields: [HeaderField], body: MIMEBody) throws(MailError) -> [UInt8]
}
