import Synchronization

/// Set once when work should end; many tasks and threads may look at it.
public final class StopFlag: Sendable {
    private let flag = Atomic(false)

    public init() {}

    public var isSet: Bool { flag.load(ordering: .acquiring) }

    public func set() { flag.store(true, ordering: .releasing) }

    /// - Throws: `CancellationError` where it is set.
    public func check() throws { if isSet { throw CancellationError() } }

    /// Waits, but not beyond the moment it is set by more than a tenth of a second.
    public func wait(seconds: Double) async {
        let end = ContinuousClock.now.advanced(by: .seconds(seconds))
        while !isSet, ContinuousClock.now < end {
            do { try await Task.sleep(for: .milliseconds(100)) } catch { return }
        }
    }
}
