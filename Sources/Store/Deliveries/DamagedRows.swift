import Synchronization

/// Rows that cannot be read: each is passed over and told once, so that one of them never costs the others.
public final class DamagedRows: Sendable {
    /// Those of this process, whichever database they are in.
    public static let known = DamagedRows()

    private struct State {
        var seen: Set<String> = []
        var tell: (@Sendable (String) -> Void)?
    }

    private let state = Mutex(State())
    /// Beyond so many, further ones are passed over without a word.
    private static let most = 100

    init() {}

    /// Says where sentences about damaged rows go from now on, such as into a log.
    public func tell(_ tell: @escaping @Sendable (String) -> Void) { state.withLock { $0.tell = tell } }

    /// Notes a row, by what is wrong with it.
    func note(_ problem: @autoclosure () -> String) {
        let problem = problem()
        let tell: (@Sendable (String) -> Void)? = state.withLock { state in
            guard state.seen.count < Self.most, state.seen.insert(problem).inserted else { return nil }
            return state.tell
        }
        tell?("\(problem): the row is skipped; restore a backup from before it was written, or delete it")
    }
}
