/// What puts a signature on a finished message, such as DKIM (RFC 6376).
public protocol MessageSigner: Sendable {
    /// The signature as one or more whole header fields, each with its CRLF; they go in front of `head`.
    ///
    /// - Parameters:
    ///   - head: all header fields, each with its CRLF, without the empty line.
    ///   - body: the bytes after the empty line, lines ending in CRLF.
    /// - Throws: ``MailError`` when the key cannot sign.
    func signature(head: [UInt8], body: ArraySlice<UInt8>) throws(MailError) -> [UInt8]
}
