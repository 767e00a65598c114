import Synchronization

/// The first bytes of bodies that begin alike, hashed once for all of them: when the first of them is signed.
package final class HashedBeginning: Sendable {
    let count: Int
    /// Whether the bodies are known to be in relaxed form from end to end, but for empty lines there.
    let isOfRelaxed: Bool
    private let hash = Mutex<SHA256?>(nil)

    /// - Parameters:
    ///   - count: how many bytes the bodies begin with alike.
    ///   - isOfRelaxed: what comes out of ``QuotedPrintable/encode(_:)`` is in that form; so is the
    ///     ``MIMEFrame``.
    package init(count: Int, isOfRelaxed: Bool = false) {
        self.count = count
        self.isOfRelaxed = isOfRelaxed
    }

    /// The hash up to here, to go on with.
    ///
    /// - Parameter body: one of the bodies, from its first byte.
    /// - Throws: ``MailError`` where OpenSSL cannot compute SHA-256.
    func continued(of body: [UInt8]) throws(MailError) -> SHA256 {
        try hash.withLock { known throws(MailError) in
            if let known { return try SHA256(continuing: known) }
            let beginning = try SHA256()
            body[..<count].withUnsafeBytes { beginning.update($0) }
            known = beginning
            return try SHA256(continuing: beginning)
        }
    }
}
