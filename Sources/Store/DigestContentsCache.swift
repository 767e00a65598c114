import Synchronization

/// Digests' contents as read before, and their keys as worked out before: readers with the same interests have the same,
/// which need not be done again for each.
final class DigestContentsCache: Sendable {
    /// Contents as those of one morning.
    struct Morning: Hashable {
        let slot: String
        let contents: DigestContents
    }

    private let known = Mutex<[String: DigestContents]>([:])
    private let keys = Mutex<[Morning: String]>([:])

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

    /// By what a morning's contents are found.
    func key(of morning: Morning) -> String? { keys.withLock { $0[morning] } }

    func keep(_ key: String, of morning: Morning) {
        keys.withLock { keys in
            if keys.count >= Self.most { keys = [:] }
            keys[morning] = key
        }
    }
}
