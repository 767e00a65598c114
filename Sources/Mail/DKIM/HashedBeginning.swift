/// The first bytes of bodies that begin alike, hashed once for all of them.
package final class HashedBeginning: Sendable {
    let count: Int
    /// Whether the bodies are known to be in relaxed form from end to end, but for empty lines there.
    let isOfRelaxed: Bool
    private let hash: SHA256

    /// - Parameter isOfRelaxed: what comes out of ``QuotedPrintable/encode(_:)`` is in that form; so is the
    ///   ``MIMEFrame``.
    /// - Throws: ``MailError`` where OpenSSL cannot compute SHA-256.
    package init(_ bytes: [UInt8], isOfRelaxed: Bool = false) throws(MailError) {
        count = bytes.count
        self.isOfRelaxed = isOfRelaxed
        hash = try SHA256()
        hash.update(bytes)
    }

    /// The hash up to here, to go on with.
    func continued() throws(MailError) -> SHA256 { try SHA256(continuing: hash) }
}
