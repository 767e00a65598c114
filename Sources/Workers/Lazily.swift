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
    ///
    /// It ends the program where neither holds: a command that did not name what it needs in ``Installation/Needs`` is a fault
    /// of ours, and pages or mails from half-read texts would be worse.
    var value: Value {
        do { return try get() } catch { fatalError("\(error)") }
    }
}
