import Synchronization

/// Digests' contents as read before: readers with the same interests have the same, which need not be read again for each.
final class DigestContentsCache: Sendable {
    private let known = Mutex<[String: DigestContents]>([:])

    /// More are thrown away: where readers have interests of their own, memory must not grow with their number.
    private static let most = 5000

    /// - Returns: nil for a mail that is no digest.
    /// - Throws: `DecodingError`.
    func contents(_ text: String) throws -> DigestContents? {
        guard !text.isEmpty else { return nil }
        if let contents = known.withLock({ $0[text] }) { return contents }
        let contents = try DigestContents(text: text)
        known.withLock {
            if $0.count >= Self.most { $0 = [:] }
            $0[text] = contents
        }
        return contents
    }
}
