import Core

/// Digests' contents as read before, and their keys as worked out before: readers with the same interests have the same,
/// which need not be done again for each.
final class DigestContentsCache: Sendable {
    /// Contents as those of one morning.
    struct Morning: Hashable {
        let slot: String
        let contents: DigestContents
    }

    let contents = BoundedCache<String, DigestContents>(most: most)
    /// By what a morning's contents are found.
    let keys = BoundedCache<Morning, String>(most: most)

    /// Where readers have interests of their own, memory must not grow with their number, and to read theirs costs little.
    private static let most = 1000
}
