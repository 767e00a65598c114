import Synchronization

/// A value that is made when it is first asked for, once, on whatever thread that is.
final class Lazily<Value: Sendable>: Sendable {
    private enum State {
        case waiting(@Sendable () throws -> Value)
        case made(Result<Value, any Error>)
    }

    private let state: Mutex<State>

    /// - Parameter make: is called at most once; whoever asks meanwhile waits for it.
    init(_ make: @escaping @Sendable () throws -> Value) { state = Mutex(.waiting(make)) }

    /// - Throws: what making it threw, each time.
    func get() throws -> Value {
        try state.withLock { state in
            switch state {
            case .made(let result): return result
            case .waiting(let make):
                let result = Result { try make() }
                state = .made(result)
                return result
            }
        }.get()
    }

    /// The value, of something whose making was checked before or cannot fail.
    var value: Value {
        do { return try get() } catch { fatalError("\(error)") }
    }
}
