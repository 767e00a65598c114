import Synchronization

/// What many ask for and is made once, up to a bound: where more comes, all is thrown away, since what is asked for changes
/// every day. Two that ask for the same at once may both make it; nobody waits.
public final class BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let known = Mutex<[Key: Value]>([:])
    private let most: Int

    /// - Parameter most: how many values are kept.
    public init(most: Int) { self.most = most }

    public func value<Failure: Error>(for key: Key, _ make: () throws(Failure) -> Value) throws(Failure) -> Value {
        if let value = self[key] { return value }
        let value = try make()
        keep(value, for: key)
        return value
    }

    /// What is known; nil where nothing is.
    public subscript(key: Key) -> Value? { known.withLock { $0[key] } }

    public func keep(_ value: Value, for key: Key) {
        known.withLock { known in
            if known.count >= most { known = [:] }
            known[key] = value
        }
    }
}
