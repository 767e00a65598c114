import Synchronization

/// Set once when work should end; many tasks may look at it.
final class StopFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    var isSet: Bool { flag.load(ordering: .acquiring) }

    func set() { flag.store(true, ordering: .releasing) }

    /// Waits, but not beyond the moment it is set by more than a tenth of a second.
    func wait(seconds: Double) async {
        let end = ContinuousClock.now.advanced(by: .seconds(seconds))
        while !isSet, ContinuousClock.now < end {
            do { try await Task.sleep(for: .milliseconds(100)) } catch { return }
        }
    }
}
