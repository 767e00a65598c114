import Synchronization

/// What many messages share and is made once: a list's sender, the subject and the papers of those who read the same, what
/// signatures begin with. Two that ask for the same at once may both make it; nobody waits.
package final class BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let known = Mutex<[Key: Value]>([:])
    /// More are thrown away: papers and subjects change every morning.
    private let most: Int

    package init(most: Int) { self.most = most }

    package func value<Failure: Error>(for key: Key, _ make: () throws(Failure) -> Value) throws(Failure) -> Value {
        if let value = known.withLock({ $0[key] }) { return value }
        let value = try make()
        known.withLock { known in
            if known.count >= most { known = [:] }
            known[key] = value
        }
        return value
    }
}
