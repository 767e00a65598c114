import Synchronization

/// What many ask for and is made once, up to a bound: where more comes, all is thrown away, since what is asked for changes
/// every day. Two that ask for the same at once may both make it; nobody waits.
///
/// It is inlinable because it is asked several times for each mail: as a generic of another module it took a fifteenth of
/// what sending costs besides signatures.
public final class BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    @usableFromInline let known: Mutex<[Key: Value]>
    @usableFromInline let most: Int

    /// - Parameter most: how many values are kept.
    @inlinable
    public init(most: Int) {
        known = Mutex([:])
        self.most = most
    }

    @inlinable
    public func value<Failure: Error>(for key: Key, _ make: () throws(Failure) -> Value) throws(Failure) -> Value {
        if let value = self[key] { return value }
        let value = try make()
        keep(value, for: key)
        return value
    }

    /// What is known; nil where nothing is.
    @inlinable
    public subscript(key: Key) -> Value? { known.withLock { $0[key] } }

    @inlinable
    public func keep(_ value: Value, for key: Key) {
        known.withLock { known in
            if known.count >= most { known = [:] }
            known[key] = value
        }
    }
}
