import Synchronization

/// Digests' contents as read before: readers with the same interests have the same, which need not be read again for each.
final class DigestContentsCache: Sendable {
    private let known = Mutex<[String: DigestContents]>([:])

    /// More are thrown away: where readers have interests of their own, memory must not grow with their number.
    private static let most = 5000

    /// What is known of some keys.
    func contents(_ keys: Set<String>) -> [String: DigestContents] {
        known.withLock { known in
            var found: [String: DigestContents] = [:]
            for key in keys { found[key] = known[key] }
            return found
        }
    }

    func keep(_ contents: [String: DigestContents]) {
        known.withLock { known in
            if known.count + contents.count > Self.most { known = [:] }
            known.merge(contents) { $1 }
        }
    }
}
